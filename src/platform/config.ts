import { z } from 'zod'
import { isProxy } from './http/sender.ts'

const Env = z.object({
  FAHUI_DATA: z.string().min(1).default('.fahui').describe('folder of the embedded database, keys and files'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15 or newer; absent: the embedded PGlite'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000).describe('port to listen on'),
  FAHUI_ORIGIN: z.url().optional().describe('address people reach this server by, when it stands behind a proxy'),
  FAHUI_PROXIES: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .refine((all) => all.every(isProxy), 'addresses or networks of proxies, comma between: 10.0.0.5,10.1.0.0/16')
    .optional()
    .describe('proxies in front of this server: what they say of where a request comes from is believed, and nobody else'),
  FAHUI_MODE: z.enum(['trial', 'production']).default('trial').describe('production refuses the embedded database and demo accounts'),
  FAHUI_CIPHER: z.enum(['aes256gcm', 'sm4ctr-hmacsm3']).default('aes256gcm').describe('suite for sealed columns'),
  FAHUI_PROVINCES: z
    .string()
    .regex(/^\d{2}(,\d{2})*$/, 'two-digit province codes, comma between: 63,21')
    .default('63,21')
    .describe('provinces served'),
  FAHUI_CONTROLLER_NAME: z.string().min(1).optional().describe('who answers for the data here, as the privacy page names them'),
  FAHUI_CONTROLLER_ADDRESS: z.string().min(1).optional().describe('where they are found'),
  FAHUI_CONTROLLER_PHONE: z
    .string()
    .regex(/^[\d-]{3,20}$/, 'digits and dashes')
    .optional()
    .describe('whom to ask about one’s data, by telephone; this or the next'),
  FAHUI_CONTROLLER_EMAIL: z.email().optional().describe('the same, by e-mail'),
  OIDC_ISSUER: z.url().optional().describe('national identity provider'),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  SMS_GATEWAY_URL: z.url().optional().describe('where messages are posted; absent: shown in the log of the trial only'),
  FAHUI_WITNESS: z
    .string()
    .min(1)
    .optional()
    .describe(
      'where the seals over log and audit are written down out of reach: a file on another machine’s disk, or an address that takes them by POST',
    ),
  FAHUI_CLAMD: z
    .string()
    .regex(/^(\/.+|[\w.-]+:\d{1,5}|\[[\da-f:.]+\]:\d{1,5})$/i, 'host:port, or the path of a socket')
    .optional()
    .describe('ClamAV’s daemon, asked about every file before it is served; absent: nobody looks for what is known to do harm'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional().describe('absent: info in production, warn in a trial'),
})

/** Who answers for the data here, and how to reach whoever is asked about it (个人信息保护法 §17). */
export type Controller = { name: string; address: string; phone?: string; email?: string }

export type Config = {
  dataDir: string
  databaseUrl: string | undefined
  host: string
  port: number
  origin: string | undefined
  proxies: readonly string[]
  mode: 'trial' | 'production'
  cipher: 'aes256gcm' | 'sm4ctr-hmacsm3'
  provinces: readonly string[]
  controller: Controller
  oidc: { issuer: string; clientId: string; clientSecret: string | undefined } | null
  smsGatewayUrl: string | undefined
  witness: string | undefined
  /** Where the scanner of files listens. */
  clamd: string | undefined
  logLevel: string
}

/** Whom a trial names: nobody real. */
export const demoController: Controller = {
  name: '法惠试用单位（演示）',
  address: '只是试用，没有真的办事单位，请不要写真实的事',
  phone: '12348',
}

/** The service's configuration, or an Error whose message lists every setting that is wrong, a line each. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(set)
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  if (!parsed.success || problems.length)
    throw new Error(`The configuration is not usable:\n${problems.map((line) => `  ${line}`).join('\n')}`)
  const env = parsed.data
  return {
    dataDir: env.FAHUI_DATA,
    databaseUrl: env.DATABASE_URL,
    host: env.HOST,
    port: env.PORT,
    origin: env.FAHUI_ORIGIN,
    proxies: env.FAHUI_PROXIES ?? [],
    mode: env.FAHUI_MODE,
    cipher: env.FAHUI_CIPHER,
    provinces: env.FAHUI_PROVINCES.split(','),
    controller: controllerIn(env) ?? demoController,
    oidc:
      env.OIDC_ISSUER && env.OIDC_CLIENT_ID
        ? { issuer: env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET }
        : null,
    smsGatewayUrl: env.SMS_GATEWAY_URL,
    witness: env.FAHUI_WITNESS,
    clamd: env.FAHUI_CLAMD,
    logLevel: env.LOG_LEVEL ?? (env.FAHUI_MODE === 'production' ? 'info' : 'warn'),
  }
}

/** As the settings name it; null where they do not say all of it. */
function controllerIn(env: z.output<typeof Env>): Controller | null {
  const {
    FAHUI_CONTROLLER_NAME: name,
    FAHUI_CONTROLLER_ADDRESS: address,
    FAHUI_CONTROLLER_PHONE: phone,
    FAHUI_CONTROLLER_EMAIL: email,
  } = env
  return name && address && (phone || email) ? { name, address, ...(phone && { phone }), ...(email && { email }) } : null
}

function contradictions(env: z.output<typeof Env>): string[] {
  return [
    ...(env.FAHUI_MODE === 'production' && !env.DATABASE_URL
      ? ['FAHUI_MODE: production needs DATABASE_URL; the embedded database is for trial, training, tests and one small office']
      : []),
    ...(env.FAHUI_MODE === 'production' && !env.SMS_GATEWAY_URL
      ? ['SMS_GATEWAY_URL: production needs a gateway, or one-time codes reach nobody']
      : []),
    ...(env.FAHUI_MODE === 'production' && !controllerIn(env)
      ? [
          'FAHUI_CONTROLLER_NAME, FAHUI_CONTROLLER_ADDRESS and FAHUI_CONTROLLER_PHONE or FAHUI_CONTROLLER_EMAIL: production must tell people who answers for their data and whom to ask',
        ]
      : []),
    ...(env.OIDC_ISSUER && !env.OIDC_CLIENT_ID ? ['OIDC_CLIENT_ID: needed beside OIDC_ISSUER'] : []),
    ...(env.OIDC_ISSUER && !mayVouch(env.OIDC_ISSUER, env.FAHUI_MODE)
      ? ['OIDC_ISSUER: must be an https address; plain http only for localhost in a trial']
      : []),
    ...(env.OIDC_ISSUER && env.FAHUI_MODE === 'production' && !env.FAHUI_ORIGIN
      ? ['FAHUI_ORIGIN: needed beside OIDC_ISSUER in production, for the address people are sent back to']
      : []),
  ]
}

/** Who somebody is must not be read off an open line, except on the machine of the person trying it out. */
function mayVouch(issuer: string, mode: Config['mode']): boolean {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || (protocol === 'http:' && mode === 'trial' && ['localhost', '127.0.0.1'].includes(hostname))
}
