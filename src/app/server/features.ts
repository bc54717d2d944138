import type { FastifyPluginAsync } from 'fastify';
import { accountRoutes } from '#features/accounts/server/index.ts';
import { auditJobs, auditRoutes } from '#features/audit/server/index.ts';
import { contactRoutes, peopleRoutes } from '#features/contacts/server/index.ts';
import {
  conversationRoutes,
  impactRoute,
  indexJobs,
  mergeRoute,
  messageRoutes,
  peopleActionRoutes,
  purgeJobs,
  requestMessagesRoute,
  retentionRoutes,
  stoppedRoutes,
  upkeepJobs,
} from '#features/conversations/server/index.ts';
import { gateJobs, gateRoutes } from '#features/gate/server/index.ts';
import { helpRoutes } from '#features/help/server/index.ts';
import { mediaRoutes, mediaUpkeepJobs } from '#features/media/server/index.ts';
import { removalJobs, removalRoutes } from '#features/removals/server/index.ts';
import { reportRoutes } from '#features/reports/server/index.ts';
import { templateRoutes } from '#features/templates/server/index.ts';
import { webhookRoutes, webhookUpkeepJobs } from '#features/webhooks/server/index.ts';
import type { Deps } from '#platform/server/deps.ts';
import type { AnyJob } from '#platform/server/jobs.ts';

/** One line a feature: its routes under /api/v1. */
export const featureRoutes = (deps: Deps): FastifyPluginAsync[] => [
  accountRoutes(deps),
  contactRoutes(deps),
  peopleRoutes(deps),
  gateRoutes(deps),
  mediaRoutes(deps),
  templateRoutes(deps),
  conversationRoutes(deps),
  messageRoutes(deps),
  mergeRoute(deps),
  peopleActionRoutes(deps),
  requestMessagesRoute(deps),
  stoppedRoutes(deps),
  impactRoute(deps),
  retentionRoutes(deps),
  removalRoutes(deps),
  reportRoutes(deps),
  helpRoutes(deps),
  auditRoutes(deps),
  webhookRoutes(deps),
];

/** One line a feature: the jobs that need no channel. */
export const featureJobs: readonly AnyJob[] = [
  ...gateJobs,
  ...mediaUpkeepJobs,
  ...upkeepJobs,
  ...indexJobs,
  ...purgeJobs,
  ...removalJobs,
  ...auditJobs,
  ...webhookUpkeepJobs,
];
