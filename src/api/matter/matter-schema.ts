import { z } from 'zod'
import { ShownPanel } from '#kernel/panel.ts'
import { checks } from '#records/people/verification.ts'

/** The address of a matter. */
export const At = z.object({ region: z.string().regex(/^\d{6}$/), id: z.uuid() })

const Row = z.object({ label: z.string(), value: z.string() })
const where = { region: z.string(), id: z.string() }
/** The seats a matter waits for, or `desk`; nobody where it is over. */
const WaitsFor = z.array(z.string())

/** The decision that a matter contests. Days as YYYY-MM-DD. */
export const Contested = z
  .object({
    region: z.string(),
    id: z.string(),
    title: z.string(),
    on: z.string(),
    servedOn: z.string().nullable(),
    words: z.string(),
    ground: z.string().nullable(),
    reasons: z.string().nullable(),
    articles: z.array(z.string()),
  })
  .meta({ id: 'Contested' })

/** What an action leads to, before it is taken. */
const Help = z
  .object({
    becomes: z.array(z.string()),
    next: z.string().nullable(),
    limits: z.array(
      z.object({
        title: z.string(),
        change: z.enum(['starts', 'stops', 'pauses', 'resumes', 'extends']),
        ofTitle: z.string(),
        dueAt: z.string().nullable(),
        article: z.string(),
      }),
    ),
    letters: z.array(z.object({ to: z.string(), text: z.string() })),
  })
  .meta({ id: 'Help' })

/** A matter on the wire. What is not declared here cannot leak. */
export const MatterView = z
  .object({
    ...where,
    code: z.string(),
    number: z.string().nullable(),
    regionName: z.string(),
    line: z.string(),
    lineTitle: z.string(),
    state: z.string(),
    stateTitle: z.string(),
    waitsFor: WaitsFor,
    waitsForTitle: z.string(),
    version: z.int(),
    /** Another whenever this view would read differently; the live stream says it. */
    mark: z.string(),
    openedAt: z.string(),
    title: z.string(),
    parties: z.array(
      z.object({
        person: z.string(),
        role: z.string(),
        roleTitle: z.string(),
        kind: z.string(),
        name: z.string().nullable(),
        idNumber: z.string().nullable(),
        phone: z.string().nullable(),
        address: z.string().nullable(),
        /** Whether the telephone of somebody without an account is proved to be theirs, or may be by a code read back; null where neither. */
        phoneProof: z.enum(['open', 'proved']).nullable(),
      }),
    ),
    facts: z.array(
      z.object({
        question: z.string(),
        title: z.string(),
        rows: z.array(Row),
        /** Which saying of it this is: a check holds for one saying alone. */
        seq: z.int(),
        /** Whose it is at a table with two sides, and by what name they go there. */
        holder: z.string(),
        ofTitle: z.string().nullable(),
        source: z.object({ by: z.string(), channel: z.string(), at: z.string() }),
        check: z.object({ by: z.string(), at: z.string(), how: z.string(), isMine: z.boolean() }).nullable(),
        /** Whether the other side is shown it, and whether that is the reader's to say. */
        isShared: z.boolean(),
        mayShare: z.boolean(),
      }),
    ),
    /** How a fact may be said to have been checked; none for whoever may not say it. */
    checks: z.array(z.object({ key: z.enum(checks), title: z.string() })),
    documents: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        kindTitle: z.string(),
        name: z.string(),
        mime: z.string(),
        bytes: z.int(),
        at: z.string(),
        by: z.string(),
        /** Whose it is, at a table with two sides. */
        ofTitle: z.string().nullable(),
        /** It is being looked at for harm, and cannot be opened yet. */
        isUnchecked: z.boolean(),
        isShared: z.boolean(),
        mayShare: z.boolean(),
      }),
    ),
    needs: z.array(z.object({ kind: z.string(), title: z.string(), ofTitle: z.string(), held: z.boolean() })),
    clocks: z.array(
      z.object({
        limit: z.string(),
        /** Whose run it is, by id, where every party has their own. */
        party: z.string().nullable(),
        title: z.string(),
        kind: z.enum(['duty', 'right', 'appointment']),
        ofTitle: z.string(),
        startedOn: z.string(),
        dueAt: z.string().nullable(),
        targetAt: z.string().nullable(),
        status: z.enum(['running', 'paused', 'stopped', 'late', 'lapsed']),
        stoppedAt: z.string().nullable(),
        wasLate: z.boolean(),
        isProvisional: z.boolean(),
        uncertain: z.string().nullable(),
        pauses: z.array(
          z.object({
            from: z.string(),
            to: z.string().nullable(),
            why: z.object({ title: z.string(), article: z.string().nullable() }).nullable(),
          }),
        ),
        /** What the system does when the limit passes, and whom it tells. */
        passing: z.object({ title: z.string(), tells: z.array(z.string()) }).nullable(),
        article: z.string().nullable(),
      }),
    ),
    timeline: z.array(
      z.object({
        seq: z.int(),
        action: z.string(),
        title: z.string(),
        by: z.string(),
        byRole: z.string(),
        at: z.string(),
        fromTitle: z.string().nullable(),
        toTitle: z.string().nullable(),
        isPaper: z.boolean(),
        article: z.string().nullable(),
        rows: z.array(Row),
      }),
    ),
    linked: z.array(
      z.object({ ...where, line: z.string(), lineTitle: z.string(), stateTitle: z.string(), relation: z.string(), isParent: z.boolean() }),
    ),
    /** What was carried from here or to here by the person's leave, and how far that has come. */
    shares: z.array(z.object({ id: z.string(), words: z.string(), leave: z.string(), stage: z.string(), at: z.string() })),
    contested: Contested.nullable(),
    /** What stands beside the facts, as the matter's service declares it; one with nothing to show is left out. */
    panels: z.array(ShownPanel),
    actions: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        allowed: z.boolean(),
        why: z.string().nullable(),
        article: z.string().nullable(),
        confirm: z.string().nullable(),
        own: z.string().nullable(),
        isPersonal: z.boolean(),
        help: Help.nullable(),
        schema: z.record(z.string(), z.unknown()),
        path: z.string(),
      }),
    ),
    notes: z.array(
      z.object({
        id: z.string(),
        text: z.string().nullable(),
        by: z.string(),
        at: z.string(),
        struckAt: z.string().nullable(),
        mayStrike: z.boolean(),
      }),
    ),
    /** Whether the reader writes down what somebody without an account answers by word. */
    maySayFor: z.boolean(),
    mayNote: z.boolean(),
    /** Whether the person had all use stopped: what is theirs is then closed to this reader. */
    isUseStopped: z.boolean(),
    /** What people said, sent and wrote in it is for those who work on it; to others it is there, and closed. */
    mayRead: z.boolean(),
    /** Whether only named officers see it, and who they are; told to the desk's side alone. */
    confined: z.object({ people: z.array(z.object({ account: z.string(), name: z.string() })) }).nullable(),
    /** Whether the reader may confine it to named people, or open it again. */
    mayConfine: z.boolean(),
    /** Whom a one-time link can be sent to, how it can go, and how the last one stands; empty for those who may send none. */
    links: z.array(
      z.object({
        holder: z.string(),
        called: z.string(),
        ways: z.array(
          z.object({
            key: z.enum(['paper', 'text']),
            title: z.string(),
            proofs: z.array(z.object({ key: z.enum(['phone', 'idDigits', 'spoken']), title: z.string() })),
          }),
        ),
        last: z
          .object({
            id: z.string(),
            standing: z.enum(['unsent', 'sent', 'opened', 'expired', 'withdrawn', 'reissued', 'tries']),
            title: z.string(),
            way: z.string(),
            at: z.string(),
            until: z.string(),
            openedAt: z.string().nullable(),
            isAskedAgain: z.boolean(),
          })
          .nullable(),
      }),
    ),
    messages: z.array(z.object({ at: z.string(), to: z.string(), text: z.string(), status: z.string() })),
  })
  .meta({ id: 'Matter' })

/** One matter as it stands in a queue. */
export const QueueRow = z
  .object({
    ...where,
    code: z.string(),
    number: z.string().nullable(),
    line: z.string(),
    lineTitle: z.string(),
    state: z.string(),
    stateTitle: z.string(),
    waitsFor: WaitsFor,
    waitsForTitle: z.string(),
    title: z.string(),
    recipient: z.string().nullable(),
    openedAt: z.string(),
    due: z
      .object({
        limit: z.string(),
        title: z.string(),
        dueAt: z.string(),
        targetAt: z.string().nullable(),
        days: z.int(),
        isLate: z.boolean(),
        isProvisional: z.boolean(),
      })
      .nullable(),
    assigneeName: z.string().nullable(),
    /** So many came from one network within an hour that each of them is marked: a sign, which decides nothing. */
    isFlood: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'QueueRow' })
