import { type Config, readConfig } from '#platform/server/config.ts';
import { backUp } from './commands/back-up.ts';
import { makeWorkspace } from './commands/create-workspace.ts';
import { recreate, verify } from './commands/journal.ts';
import { resetPassword } from './commands/reset-password.ts';
import { restore } from './commands/restore.ts';
import { verifyAudit } from './commands/verify-audit.ts';
import { describeFailure } from './describe-failure.ts';
import { readFlags, settingsFrom, UsageError } from './read-flags.ts';

const usage = `Usage: npm run guarita -- COMMAND [options]

  reset-password E-MAIL  prints a link by which this person chooses a new password
  create-workspace NAME ADMIN-E-MAIL
                         makes one more workspace, and prints such a link for its administrator
  backup FOLDER          writes database and media into a new folder; the secret is not in it
  restore FOLDER         fills an empty data directory (or an empty DATABASE_URL) from such a folder
  verify-audit [FILE]    compares the audit log with its seals, and with the heads kept outside the database
                         (audit-heads.jsonl of the data directory, or FILE)
  journal verify         compares the journal of removals and blocks with its signatures and with the database
  journal recreate       when the journal is lost: makes a new one of what the database knows
  help                   this text

  --send-waiting         with restore: what waited to leave is sent. Only when nothing ran on the
                         original after the backup, as in an upgrade; otherwise it would leave twice
  --data-dir FOLDER      where the embedded database lies (GUARITA_DATA_DIR, .guarita)
  --port N               port of the server, for the link (PORT, 3000; GUARITA_URL wins)

All but restore work while the server runs and while it does not. DATABASE_URL names an external database.`;

const isDenied = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && (error.code === 'EACCES' || error.code === 'EPERM')) ||
    isDenied(error.cause));

const oneArgument = (command: string, what: string, given: readonly string[]): string => {
  const [only] = given;
  if (only === undefined || given.length > 1) {
    throw new UsageError(`${command} takes ${what}`);
  }
  return only;
};

const say = (line: string): void => console.log(line);

const runCommand = (
  config: Config,
  [command = '', ...given]: readonly string[],
  sendsWaiting: boolean,
): Promise<string> => {
  const [first, second] = given;
  switch (command) {
    case 'reset-password':
      return resetPassword(config, oneArgument(command, 'one e-mail', given));
    case 'create-workspace':
      if (first === undefined || second === undefined || given.length > 2) {
        throw new UsageError('create-workspace takes a name (in quotes) and an e-mail');
      }
      return makeWorkspace(config, { name: first, email: second });
    case 'backup':
      return backUp(config, oneArgument(command, 'one folder', given), say);
    case 'restore':
      return restore(config, oneArgument(command, 'one folder', given), { sendsWaiting, say });
    case 'verify-audit':
      if (given.length > 1) {
        throw new UsageError('verify-audit takes one file, or none');
      }
      return verifyAudit(config, first);
    case 'journal':
      if (given.length !== 1 || (first !== 'verify' && first !== 'recreate')) {
        throw new UsageError('journal takes verify or recreate');
      }
      return first === 'verify' ? verify(config) : recreate(config);
    default:
      throw new UsageError(`there is no command ${command}`);
  }
};

const run = async (): Promise<string> => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string' },
      'send-waiting': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command] = positionals;
  if (values.help === true || command === undefined || command === 'help') {
    return usage;
  }
  const config = readConfig({ ...process.env, ...settingsFrom(values) });
  return runCommand(config, positionals, values['send-waiting'] === true);
};

run().then(
  (text) => console.log(text),
  (error: unknown) => {
    const message = describeFailure(error, 'the command failed');
    console.error(
      isDenied(error) ? `${message}\nRun this as the person who runs Guarita.` : message,
    );
    if (error instanceof UsageError) {
      console.error(`\n${usage}`);
    }
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
