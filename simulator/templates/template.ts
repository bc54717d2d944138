export const templateStatuses = [
  'APPROVED',
  'PENDING',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'IN_APPEAL',
  'LIMIT_EXCEEDED',
  'PENDING_DELETION',
] as const;

export type TemplateStatus = (typeof templateStatuses)[number];
export const templateCategories = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;
export type TemplateCategory = (typeof templateCategories)[number];

export interface TemplateButton {
  type: string;
  text?: string | undefined;
  url?: string | undefined;
  phone_number?: string | undefined;
  [key: string]: unknown;
}

/** A part of a template, in the words of the wire. */
export interface TemplateComponent {
  type: string;
  format?: string | undefined;
  text?: string | undefined;
  buttons?: TemplateButton[] | undefined;
  [key: string]: unknown;
}

export interface Template {
  readonly id: string;
  readonly wabaId: string;
  readonly name: string;
  readonly language: string;
  category: TemplateCategory;
  status: TemplateStatus;
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: TemplateComponent[];
  rejectedReason: string | null;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
}

export type TemplateDraft = Pick<Template, 'name' | 'language' | 'components'> &
  Partial<Omit<Template, 'id' | 'wabaId'>>;

/** Names (or numbers) between double braces, each once, in order. */
export function placeholdersIn(text: string): string[] {
  const found = [...text.matchAll(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g)].map(([, name]) => name ?? '');
  return [...new Set(found)];
}

export function hydrate(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g, (whole, name: string) => {
    return values.get(name) ?? whole;
  });
}

export function componentOf(
  template: Pick<Template, 'components'>,
  type: string,
): TemplateComponent | undefined {
  return template.components.find((component) => component.type.toUpperCase() === type);
}

/** `status` and the rest as `message_templates` prints them. */
export function describeTemplate(template: Template): Record<string, unknown> {
  const { id, name, language, status, category, components, rejectedReason } = template;
  return {
    name,
    parameter_format: template.parameterFormat,
    components,
    language,
    status,
    category,
    ...(status === 'REJECTED' ? { rejected_reason: rejectedReason ?? 'INVALID_FORMAT' } : {}),
    id,
  };
}

/** Fields that come only when asked for. */
export function describeMore(template: Template): Record<string, unknown> {
  return {
    ...describeTemplate(template),
    rejected_reason: template.rejectedReason ?? 'NONE',
    quality_score: { score: template.quality, date: Math.floor(Date.now() / 1_000) },
    previous_category: template.category,
  };
}
