import { createHash } from 'node:crypto';
import { sampleTemplates } from './sample-templates.ts';
import { placeholdersIn, type Template, type TemplateDraft } from './template.ts';

/** Digits that are always the same for one template of one account. */
function idOf(wabaId: string, name: string, language: string): string {
  const hash = createHash('sha256').update(`${wabaId}|${name}|${language}`).digest('hex');
  return `8${BigInt(`0x${hash.slice(0, 16)}`)
    .toString()
    .padStart(15, '4')
    .slice(-15)}`;
}

/** Placeholders that are no numbers make a template one of named parameters. */
function formatOf({ components }: TemplateDraft): Template['parameterFormat'] {
  const names = components.flatMap(({ text }) => placeholdersIn(text ?? ''));
  return names.some((name) => !/^\d+$/.test(name)) ? 'NAMED' : 'POSITIONAL';
}

/** The templates of every account; each starts with the samples. */
export class TemplateBook {
  #byId = new Map<string, Template>();
  #started = new Set<string>();

  listOf(wabaId: string): Template[] {
    this.#start(wabaId);
    return [...this.#byId.values()].filter((template) => template.wabaId === wabaId);
  }

  get(id: string): Template | undefined {
    return this.#byId.get(id);
  }

  find(wabaId: string, name: string, language: string): Template | undefined {
    this.#start(wabaId);
    return this.#byId.get(idOf(wabaId, name, language));
  }

  /** Puts it in the place of one with the same name and language. */
  put(wabaId: string, draft: TemplateDraft): Template {
    this.#start(wabaId);
    const template: Template = {
      category: 'UTILITY',
      status: 'APPROVED',
      parameterFormat: formatOf(draft),
      rejectedReason: null,
      quality: 'GREEN',
      ...draft,
      id: idOf(wabaId, draft.name, draft.language),
      wabaId,
    };
    this.#byId.set(template.id, template);
    return template;
  }

  remove(template: Template): void {
    this.#byId.delete(template.id);
  }

  /** Back to the samples. */
  clear(): void {
    this.#byId.clear();
    this.#started.clear();
  }

  #start(wabaId: string): void {
    if (this.#started.has(wabaId)) return;
    this.#started.add(wabaId);
    for (const draft of sampleTemplates) {
      this.put(wabaId, { ...draft, components: structuredClone(draft.components) });
    }
  }
}
