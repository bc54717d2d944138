import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*\.sql$/;

/** `migrations/NNNN-name.sql`, numbered 1, 2, 3 … without a gap; returns one sentence per fault. */
export function checkMigrations(root: string): string[] {
  const folder = join(root, 'migrations');
  if (!existsSync(folder)) return ['migrations/ is missing'];
  const faults: string[] = [];
  const byNumber = new Map<number, string>();
  for (const name of readdirSync(folder).sort()) {
    const number = Number(NAME.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(number)) {
      faults.push(`migrations/${name} is not named NNNN-what-it-does.sql`);
      continue;
    }
    const other = byNumber.get(number);
    if (other) faults.push(`migrations/${name} has the number of migrations/${other}`);
    else byNumber.set(number, name);
  }
  const last = Math.max(0, ...byNumber.keys());
  for (let number = 1; number <= last; number += 1) {
    if (!byNumber.has(number)) faults.push(`migrations: number ${number} is missing`);
  }
  return faults;
}
