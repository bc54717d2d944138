export type { auditWords } from './audit-words.ts';
export { AuditSettings } from './lazy-settings.ts';
