import { z } from 'zod';
import { type AnyJob, forList } from '#platform/server/jobs.ts';
import { keepHeads } from './keep-heads.ts';

/** Hourly. */
export const keepHeadsJob = { name: 'audit.keep-heads' } as const;

export const auditJobs: readonly AnyJob[] = [
  forList({
    ...keepHeadsJob,
    payload: z.unknown(),
    run: (_payload, { deps }) => keepHeads(deps),
  }),
];
