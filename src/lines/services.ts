import { catalogueOf } from './catalogue.ts'
import { confirmation } from './confirmation/world/service.ts'
import { consultation } from './consultation/world/service.ts'
import { criminalNotice } from './criminal-notice/world/service.ts'
import { dataRequest } from './data-request/world/service.ts'
import { legalAid } from './legal-aid/world/service.ts'
import { mediation } from './mediation/world/service.ts'
import { objection } from './objection/world/service.ts'

/** Every service, and what is read off the list. The only place that names them; everybody else reads it. */
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
} = catalogueOf([legalAid, objection, criminalNotice, dataRequest, mediation, confirmation, consultation])
