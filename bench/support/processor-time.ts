import { readdir, readFile } from 'node:fs/promises';
import { withClient } from './postgres.ts';

const ticksPerSecond = 100;

/** After the name of the program, which may hold anything: state, parent, … */
const fieldsOf = async (pid: number): Promise<string[]> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** The process that all of a database's processes are children of. */
export const findPostmaster = (url: string): Promise<number> =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return Number((await fieldsOf(rows[0]?.pid ?? 0))[1]);
  });

/** What these processes, and the children of one of them, have taken so far, in milliseconds; nobody else's count. */
export const processorTimeOf = async (
  pids: readonly number[],
  postmaster: number,
): Promise<number> => {
  let ticks = 0;
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number)) {
    const fields = await fieldsOf(pid);
    if (pids.includes(pid) || Number(fields[1]) === postmaster) {
      ticks += Number(fields[11]) + Number(fields[12]);
    }
  }
  return (ticks * 1_000) / ticksPerSecond;
};
