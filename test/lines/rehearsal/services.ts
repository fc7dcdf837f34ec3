import { catalogueOf } from '#lines/catalogue.ts'
// By its own path, since by the other name it is this very file.
import { services as registered } from '../../../src/lines/services.ts'
import { rehearsal } from './world/service.ts'

/** The list with the rehearsed service in it. A process that is given it instead (`test/rehearsing.ts`) serves one line more. */
export const {
  services,
  serviceOf,
  lines,
  declared,
  entrances,
  entranceOf,
  openingRouteOf,
  frontDoor,
  rights,
  journeyFor,
  serviceSettings,
  replayingOn,
  letterOf,
  letterKeys,
  handlers,
  effects,
} = catalogueOf([...registered, rehearsal])
