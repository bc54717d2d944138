import { join } from 'node:path';
import { z } from 'zod';
import { isLoopback, type TrustsPeer, trustOf } from './trusted-proxies.ts';

const flag = z
  .enum(['', '0', '1', 'false', 'true'])
  .transform((value) => value === '1' || value === 'true');

const environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** The public address, as people and WhatsApp reach us. */
  GUARITA_URL: z.url().optional(),
  GUARITA_DATA_DIR: z.string().default('.guarita'),
  DATABASE_URL: z.string().min(1).optional(),
  /** The same database as the owner of its tables, where DATABASE_URL is a role of the server's own. */
  DATABASE_OWNER_URL: z.string().min(1).optional(),
  GUARITA_ROLES: z.string().default('web,worker'),
  GUARITA_SECRET: z.string().min(32).optional(),
  GUARITA_DEMO: flag.default(false),
  /** Where the page of the phones is; the demonstration says it itself. */
  GUARITA_SIMULATOR_URL: z.url().optional(),
  GUARITA_METRICS: flag.default(false),
  GUARITA_METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  /** Of one person or one key, by one process; 0 is no limit. */
  GUARITA_REQUESTS_PER_SECOND: z.coerce.number().int().min(0).max(100_000).default(100),
  /** Comma-separated addresses or ranges of proxies whose X-Forwarded-* we believe. */
  GUARITA_TRUSTED_PROXIES: z.string().optional(),
  /** `off`: no page that a text links to is ever asked for. */
  GUARITA_LINK_CARDS: z.enum(['on', 'off']).default('on'),
  /** Webhooks may go to private addresses, and without TLS: for programs in one network with the server. */
  GUARITA_WEBHOOKS_PRIVATE: flag.default(false),
  /** The program that looks into films for their posters: its path, or a name on PATH. `off`: none does. */
  GUARITA_FFMPEG: z.string().min(1).default('ffmpeg'),
  PATH: z.string().default(''),
  GRAPH_API_URL: z.url().default('https://graph.facebook.com'),
  GRAPH_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/)
    .default('v25.0'),
  /** `one`: numbers of different portfolios are taken to be told the same ids of people (docs/decisions/0071). */
  GRAPH_PORTFOLIOS: z.enum(['apart', 'one']).default('apart'),
  /** Media in an object store instead of below the data directory: all five, or none. */
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  /** Where the journal lies, if not beside the media: a file by its path, or `s3` for the bucket of S3_*. */
  GUARITA_JOURNAL: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** An object store that speaks S3. */
export interface S3Settings {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** For migrations alone. */
  readonly databaseOwnerUrl: string | undefined;
  readonly roles: { readonly web: boolean; readonly worker: boolean };
  /** From the environment; otherwise generated at first start (see instance-secret.ts). */
  readonly secret: string | undefined;
  readonly isDemo: boolean;
  /** The page of the phones, where one runs beside the demonstration. */
  readonly simulatorUrl: string | undefined;
  readonly hasMetrics: boolean;
  /** Where metrics and health are answered apart from everything else. */
  readonly metricsPort: number | undefined;
  readonly requestsPerSecond: number;
  /** Whose X-Forwarded-* we believe: the proxies named, or, listening on the loopback, whatever runs on this machine. */
  readonly trustsPeer: TrustsPeer;
  /** Whether the pages that texts link to are read, to show their titles. */
  readonly hasLinkCards: boolean;
  /** Whether webhooks may go to addresses of our own network. */
  readonly mayHookPrivate: boolean;
  /** The program that looks into films, by path or name; undefined where none is to. */
  readonly ffmpeg: string | undefined;
  /** Where programs of the system are looked for. */
  readonly searchPath: string;
  readonly graph: {
    readonly url: string;
    readonly version: string;
    /** Each portfolio is told ids of its own of people. */
    readonly arePortfoliosApart: boolean;
  };
  /** Where media lie when they do not lie on the disk. */
  readonly s3: S3Settings | undefined;
  /** Where the journal of removals and blocks lies: a file, or the same object store. */
  readonly journal: { readonly file: string } | { readonly s3: S3Settings };
  readonly logLevel: string;
}

const splitList = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Nothing but a proxy of this machine reaches a server that listens on the loopback, as the README has it. */
const readTrust = (host: string, given: string | undefined): TrustsPeer =>
  trustOf(given === undefined && isLoopback(host) ? ['loopback'] : splitList(given));

const readRoles = (text: string): Config['roles'] => {
  const named = splitList(text);
  const unknown = named.filter((role) => role !== 'web' && role !== 'worker');
  if (unknown.length > 0 || named.length === 0) {
    throw new Error('GUARITA_ROLES takes "web", "worker" or "web,worker"');
  }
  return { web: named.includes('web'), worker: named.includes('worker') };
};

const readS3 = (e: z.infer<typeof environment>): S3Settings | undefined => {
  const {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  } = e;
  if (endpoint && bucket && region && accessKeyId && secretAccessKey) {
    return { endpoint, bucket, region, accessKeyId, secretAccessKey };
  }
  if (endpoint || bucket || region || accessKeyId || secretAccessKey) {
    throw new Error(
      'media in an object store need all of S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY',
    );
  }
  return undefined;
};

/** Beside the media by default: where those can be reached by every process, so can the journal. */
const readJournal = (
  given: string | undefined,
  dataDir: string,
  s3: S3Settings | undefined,
): Config['journal'] => {
  if (given === 's3' && s3 === undefined) {
    throw new Error('GUARITA_JOURNAL=s3 needs the object store of S3_*');
  }
  return s3 !== undefined && (given === undefined || given === 's3')
    ? { s3 }
    : { file: given ?? join(dataDir, 'journal.log') };
};

/**
 * The only reader of the environment.
 * @throws Error with one readable line for each setting that is wrong
 */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`these settings are wrong:\n${lines.join('\n')}`);
  }
  const e = parsed.data;
  if (e.DATABASE_OWNER_URL !== undefined && e.DATABASE_URL === undefined) {
    throw new Error(
      'these settings are wrong:\n  DATABASE_OWNER_URL: only beside DATABASE_URL; the embedded database has one role',
    );
  }
  const s3 = readS3(e);
  return {
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.GUARITA_URL,
    dataDir: e.GUARITA_DATA_DIR,
    databaseUrl: e.DATABASE_URL,
    databaseOwnerUrl: e.DATABASE_OWNER_URL,
    roles: readRoles(e.GUARITA_ROLES),
    secret: e.GUARITA_SECRET,
    isDemo: e.GUARITA_DEMO,
    simulatorUrl: e.GUARITA_DEMO ? e.GUARITA_SIMULATOR_URL : undefined,
    hasMetrics: e.GUARITA_METRICS,
    metricsPort: e.GUARITA_METRICS_PORT,
    requestsPerSecond: e.GUARITA_REQUESTS_PER_SECOND,
    trustsPeer: readTrust(e.HOST, e.GUARITA_TRUSTED_PROXIES),
    hasLinkCards: e.GUARITA_LINK_CARDS === 'on',
    mayHookPrivate: e.GUARITA_WEBHOOKS_PRIVATE,
    ffmpeg: e.GUARITA_FFMPEG === 'off' ? undefined : e.GUARITA_FFMPEG,
    searchPath: e.PATH,
    graph: {
      url: e.GRAPH_API_URL,
      version: e.GRAPH_API_VERSION,
      arePortfoliosApart: e.GRAPH_PORTFOLIOS === 'apart',
    },
    s3,
    journal: readJournal(e.GUARITA_JOURNAL, e.GUARITA_DATA_DIR, s3),
    logLevel: e.LOG_LEVEL,
  };
};
