/** The door of webhooks: all that others may use. */
export { webhookJobs, webhookUpkeepJobs } from './deliver.job.ts';
export { forgetWebhooksJob } from './job-names.ts';
export { publish, publishEach } from './publish.ts';
export { webhookRoutes } from './routes.ts';
