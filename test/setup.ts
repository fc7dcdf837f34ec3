import fc from 'fast-check'

/** Properties are tried on fresh values each time; with PROPERTY_SEED they are tried on the same ones, so that a red run of CI is the change's doing. */
const seed = Number(process.env['PROPERTY_SEED'])
if (seed) fc.configureGlobal({ seed })
