import { type Config, readConfig } from '#platform/server/config.ts';
import { makeWorkspace } from './commands/create-workspace.ts';
import { resetPassword } from './commands/reset-password.ts';
import { describeFailure } from './describe-failure.ts';
import { readFlags, settingsFrom, UsageError } from './read-flags.ts';

const usage = `Usage: npm run guarita -- COMMAND [options]

  reset-password E-MAIL  prints a link by which this person chooses a new password
  create-workspace NAME ADMIN-E-MAIL
                         makes one more workspace, and prints such a link for its administrator
  help                   this text

  --data-dir FOLDER      where the embedded database lies (GUARITA_DATA_DIR, .guarita)
  --port N               port of the server, for the link (PORT, 3000; GUARITA_URL wins)

Works while the server runs and while it does not. DATABASE_URL names an external database.`;

const isDenied = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');

const runCommand = (config: Config, command: string, given: readonly string[]): Promise<string> => {
  const [first, second] = given;
  switch (command) {
    case 'reset-password':
      if (first === undefined || given.length > 1) {
        throw new UsageError('reset-password takes one e-mail');
      }
      return resetPassword(config, first);
    case 'create-workspace':
      if (first === undefined || second === undefined || given.length > 2) {
        throw new UsageError('create-workspace takes a name (in quotes) and an e-mail');
      }
      return makeWorkspace(config, { name: first, email: second });
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
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, ...rest] = positionals;
  if (values.help === true || command === undefined || command === 'help') {
    return usage;
  }
  return runCommand(readConfig({ ...process.env, ...settingsFrom(values) }), command, rest);
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
