/** The door of templates: all that others may use. */
export { chooseTemplate, type TemplateAgain } from './choose-template.ts';
export type { FilledTemplate } from './fill-template.ts';
export { enqueueSync, syncAllTemplatesJob } from './job-names.ts';
export { templateRoutes } from './routes.ts';
export { templateJobs } from './sync-templates.job.ts';
export { applyTemplateChanges } from './sync-templates.ts';
export { needsFile, outboundTemplate, shownTemplate } from './template-payload.ts';
