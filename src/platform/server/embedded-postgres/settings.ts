import { totalmem } from 'node:os';
import { EmbeddedPostgresError } from './errors.ts';

const mebibyte = 1024 * 1024;

function sharedBuffers(): string {
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(totalmem(), limit) : totalmem();
  return `${Math.min(256, Math.max(128, Math.floor(memory / 8 / mebibyte)))}MB`;
}

const tuning: Record<string, string> = {
  max_connections: '100',
  max_locks_per_transaction: '256',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  wal_compression: 'pglz',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  autovacuum: 'on',
  autovacuum_naptime: '20s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  datestyle: 'ISO, YMD',
  client_encoding: 'UTF8',
  password_encryption: 'scram-sha-256',
};

// What people write must never reach the server's log. Terse hides "Failing row contains" (it is DETAIL); the level `log` stands above
// `error`, so that messages that quote a value themselves ("invalid input syntax ... ") are not written at all. Clients still get them.
const silence: Record<string, string> = {
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_autovacuum_min_duration: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_lock_waits: 'off',
  log_temp_files: '-1',
  log_connections: 'off',
  log_disconnections: 'off',
  log_checkpoints: 'off',
  debug_print_parse: 'off',
  debug_print_rewritten: 'off',
  debug_print_plan: 'off',
};

const safe: Record<string, string> = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
};
// Commits still reach the system before they are answered: a killed server loses nothing, only a lost machine does.
const careless: Record<string, string> = { ...safe, fsync: 'off', full_page_writes: 'off' };

function quote(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The server's configuration file. What initdb found out about this machine comes first, ours wins, the caller's wins over ours. */
export function serverConfiguration(options: {
  cluster: string;
  hba: string;
  port: number;
  durable: boolean;
  additional: Record<string, string>;
}): string {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(options.port),
    hba_file: options.hba,
    shared_buffers: sharedBuffers(),
    ...tuning,
    ...(options.durable ? safe : careless),
    ...silence,
    ...options.additional,
  };
  const lines = Object.entries(settings).map(([name, value]) => {
    if (/^[a-z_][a-z0-9_.]*$/i.test(name) && !/[\n\r\0]/.test(value)) {
      return `${name} = ${quote(value)}`;
    }
    throw new EmbeddedPostgresError('start-failed', `${name} is not a PostgreSQL setting.`);
  });
  return [
    '# Written at every start; changes here are lost.',
    `include ${quote(`${options.cluster}/postgresql.conf`)}`,
    ...lines,
    '',
  ].join('\n');
}

/** Who may connect: our one role, from this machine, with the password. */
export const hostAccess = (roles: readonly string[]): string =>
  [
    '# Written at every start; changes here are lost.',
    ...roles.map((role) => `host all ${role} 127.0.0.1/32 scram-sha-256`),
    '',
  ].join('\n');
