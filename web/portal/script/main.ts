import { offerExit } from './exit.ts'
import { offerPrinting } from './print.ts'
import { offerReading } from './read-aloud.ts'
import { keepTyped } from './typed-text.ts'
import { sendFiles } from './upload.ts'

offerExit()
keepTyped()
sendFiles()
offerReading()
offerPrinting()
