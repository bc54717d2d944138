import type {
  TemplateCategory,
  TemplateQuality,
  TemplateStatus,
} from '#features/templates/contract.ts';

const upper = (value: unknown): string => (typeof value === 'string' ? value.toUpperCase() : '');

const statuses: Readonly<Record<string, TemplateStatus>> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  PENDING: 'pending',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  IN_APPEAL: 'in-appeal',
  LIMIT_EXCEEDED: 'limit-exceeded',
  PENDING_DELETION: 'pending-deletion',
};

/** Undefined for a word that the sheet (8.4) does not know. */
export const statusOfTemplate = (value: unknown): TemplateStatus | undefined =>
  statuses[upper(value)];

const categories: Readonly<Record<string, TemplateCategory>> = {
  UTILITY: 'utility',
  MARKETING: 'marketing',
  AUTHENTICATION: 'authentication',
};

export const categoryOfTemplate = (value: unknown): TemplateCategory | undefined =>
  categories[upper(value)];

const qualities: Readonly<Record<string, TemplateQuality>> = {
  GREEN: 'high',
  YELLOW: 'medium',
  RED: 'low',
  UNKNOWN: 'unknown',
};

export const qualityOfTemplate = (value: unknown): TemplateQuality | undefined =>
  qualities[upper(value)];
