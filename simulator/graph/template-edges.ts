import type { FastifyInstance, FastifyReply } from 'fastify';
import type { World } from '../state/world.ts';
import { changeTemplateStatus } from '../templates/change-template.ts';
import {
  describeMore,
  describeTemplate,
  type Template,
  type TemplateCategory,
  type TemplateComponent,
  templateCategories,
} from '../templates/template.ts';
import { answerCall, type Outcome } from './answer-call.ts';
import { isObject, type Json, requiredText } from './fields.ts';
import { GraphError, unknownObject } from './graph-error.ts';
import { baseOf, ID, type Ids, ok, type Request, wabaOf } from './route-ids.ts';

interface Query {
  fields?: string;
  limit?: string;
  after?: string;
  before?: string;
  name?: string;
  language?: string;
  status?: string;
  category?: string;
  hsm_id?: string;
}

const USUAL_PAGE = 25;
const MOST = 1_000;

function chosen(template: Template, fields: string | undefined): object {
  if (fields === undefined) return describeTemplate(template);
  const all = describeMore(template);
  const wanted = fields.split(',').map((name) => name.trim());
  for (const name of wanted) {
    if (name in all) continue;
    throw new GraphError(100, {
      message: `(#100) Tried accessing nonexisting field (${name}) on node type (MessageTemplate)`,
    });
  }
  return Object.fromEntries([...wanted, 'id'].map((name) => [name, all[name]]));
}

export function templateNode(template: Template, fields: string | undefined): object {
  return chosen(template, fields);
}

const encode = (index: number) => Buffer.from(String(index)).toString('base64url');

function offsetOf(query: Query, limit: number): number {
  const decode = (cursor: string) => Number(Buffer.from(cursor, 'base64url').toString());
  const at =
    query.after === undefined ? decode(query.before ?? '') - limit : decode(query.after) + 1;
  return Number.isInteger(at) && at > 0 ? at : 0;
}

function isWanted(template: Template, { name, language, status, category }: Query): boolean {
  return (
    (name === undefined || template.name.includes(name)) &&
    (language === undefined || template.language === language) &&
    (status === undefined || template.status === status) &&
    (category === undefined || template.category === category)
  );
}

function listTemplates(world: World, request: Request): object {
  const query = request.query as Query;
  const limit = Math.min(MOST, Math.max(1, Number(query.limit ?? USUAL_PAGE) || USUAL_PAGE));
  const [channel] = wabaOf(world, request);
  const all = world.templates.listOf(channel?.wabaId ?? '').filter((one) => isWanted(one, query));
  const start = offsetOf(query, limit);
  const page = all.slice(start, start + limit);
  if (page.length === 0) return { data: [] };
  const last = start + page.length - 1;
  const next = new URLSearchParams({ ...query, after: encode(last) });
  next.delete('before');
  const url = `${baseOf(request)}${request.originalUrl.split('?')[0]}?${next}`;
  return {
    data: page.map((template) => chosen(template, query.fields)),
    paging: {
      cursors: { before: encode(start), after: encode(last) },
      ...(last + 1 < all.length ? { next: url } : {}),
    },
  };
}

function categoryOf(value: unknown): TemplateCategory {
  const category = templateCategories.find((one) => one === String(value).toUpperCase());
  if (category === undefined) throw new GraphError(100, { details: 'category is not valid' });
  return category;
}

function componentsOf(body: Json): TemplateComponent[] {
  const components = body['components'];
  const isGood =
    Array.isArray(components) &&
    components.every((one) => isObject(one) && typeof one['type'] === 'string') &&
    components.some((one) => String(one.type).toUpperCase() === 'BODY');
  if (!isGood) throw new GraphError(100, { details: 'components must hold a BODY' });
  return components as TemplateComponent[];
}

function createTemplate(world: World, request: Request): object {
  const body = isObject(request.body) ? request.body : {};
  const [channel] = wabaOf(world, request);
  const name = requiredText(body['name'], 'name', 512);
  if (!/^[a-z0-9_]+$/.test(name)) throw new GraphError(100, { details: 'name is not valid' });
  const format = String(body['parameter_format'] ?? 'positional').toUpperCase();
  const template = world.templates.put(channel?.wabaId ?? '', {
    name,
    language: requiredText(body['language'], 'language', 20),
    category: categoryOf(body['category']),
    components: componentsOf(body),
    parameterFormat: format === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    status: 'PENDING',
    quality: 'UNKNOWN',
  });
  return { id: template.id, status: template.status, category: template.category };
}

/** An edit goes back to review. */
export function changeTemplate(world: World, id: string, given: unknown): object {
  const template = world.templates.get(id);
  if (template === undefined) throw unknownObject('POST', id);
  const body = isObject(given) ? given : {};
  if (body['components'] !== undefined) template.components = componentsOf(body);
  if (body['category'] !== undefined) template.category = categoryOf(body['category']);
  template.status = 'PENDING';
  return { success: true, id, name: template.name, category: template.category };
}

function removeTemplates(world: World, request: Request): object {
  const { name, hsm_id: id } = request.query as Query;
  const [channel] = wabaOf(world, request);
  const those = world.templates
    .listOf(channel?.wabaId ?? '')
    .filter((one) => one.name === name && (id === undefined || one.id === id));
  if (those.length === 0) throw new GraphError(100, { details: 'no template of that name' });
  for (const template of those) changeTemplateStatus(world, template, 'PENDING_DELETION');
  for (const template of those) world.templates.remove(template);
  return { success: true };
}

/** `/{account}/message_templates`. */
export function addTemplateRoutes(app: FastifyInstance, world: World): void {
  const call =
    (title: string, work: (request: Request) => object) =>
    (request: Request, reply: FastifyReply) =>
      answerCall(world, {
        request,
        reply,
        on: 'templates',
        title,
        channel: '',
        work: (): Outcome => ok(work(request)),
      });
  const url = `${ID}/message_templates`;
  app.get<Ids>(
    url,
    call('lista modelos', (request) => listTemplates(world, request)),
  );
  app.post<Ids>(
    url,
    call('cria modelo', (request) => createTemplate(world, request)),
  );
  app.delete<Ids>(
    url,
    call('apaga modelo', (request) => removeTemplates(world, request)),
  );
}
