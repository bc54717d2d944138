import { forList, type Job } from '#platform/server/jobs.ts';
import { stretchExport } from './export-list.ts';
import {
  type ExportPayload,
  exportPayload,
  type MatchPayload,
  matchListsJob,
  matchPayload,
  stretchExportJob,
} from './job-names.ts';
import { matchLists } from './match-lists.ts';

export const matchListsTask: Job<MatchPayload> = {
  ...matchListsJob,
  payload: matchPayload,
  run: (payload, { deps }) => matchLists(deps, payload),
};

export const stretchExportTask: Job<ExportPayload> = {
  ...stretchExportJob,
  payload: exportPayload,
  run: (payload, { deps }) => stretchExport(deps, payload),
};

export const exchangeJobs = [forList(matchListsTask), forList(stretchExportTask)];
