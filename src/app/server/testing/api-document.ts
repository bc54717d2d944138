import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer, Http } from './http-client.ts';

/** The parts of JSON Schema that the document uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
}

export interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

interface DescribedOperation {
  readonly operationId?: string;
  readonly security?: readonly unknown[];
  readonly 'x-scopes'?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  /** Says of itself that it needs no credentials. */
  readonly isPublic: boolean;
  /** What opens it, as the document says. */
  readonly security: readonly unknown[] | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly parameters: readonly Parameter[];
  /** Undefined for one that reads no body. */
  readonly body: JsonSchema | undefined;
  readonly statuses: readonly number[];
  /** What its 200 is a file of, where it is no JSON. */
  readonly fileTypes: readonly string[];
  /** What is wrong with an answer, by its own declaration; nothing when it is as declared. */
  readonly faultsOf: (answer: Answer) => string[];
  /** Whether a body is one that the document describes. */
  readonly isDescribedBody: (body: unknown) => boolean;
}

const documentId = 'api';
const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** The validator of a place in the document; the path is as written there. */
type At = (...path: readonly string[]) => ValidateFunction;

const compilerOf = (document: ApiDocument): At => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default(ajv);
  ajv.addSchema({ $id: documentId, ...document });
  return (...path) => {
    // Twice encoded: a pointer inside a URI, whose braces and slashes are not its own.
    const pointer = path.map((part) => encodeURIComponent(escaped(part))).join('/');
    const validate = ajv.getSchema(`${documentId}#/${pointer}`);
    if (validate === undefined) {
      throw new Error(`the document has nothing at ${path.join(' / ')}`);
    }
    return validate;
  };
};

const complain = (validate: ValidateFunction, value: unknown): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);

const contentTypeOf = (answer: Answer): string =>
  (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';

const faultsOf =
  (operation: DescribedOperation, validatorOf: At) =>
  (answer: Answer): string[] => {
    const declared = operation.responses[String(answer.status)];
    if (declared === undefined) {
      return [`${answer.status} is not declared`];
    }
    const types = Object.keys(declared.content ?? {});
    const [type] = types;
    if (type === undefined) {
      return answer.text === '' ? [] : ['a body where none is declared'];
    }
    if (type === '*/*') {
      return [];
    }
    if (contentTypeOf(answer) !== type) {
      return [`${contentTypeOf(answer)} instead of ${type}`];
    }
    const validate = validatorOf('responses', String(answer.status), 'content', type, 'schema');
    return complain(validate, answer.json);
  };

const toOperation = (
  path: string,
  method: string,
  operation: DescribedOperation,
  at: At,
): Operation => {
  const validatorOf: At = (...inner) => at('paths', path, method, ...inner);
  const json = operation.requestBody?.content['application/json'];
  return {
    id: operation.operationId ?? `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    isPublic: operation.security?.length === 0,
    security: operation.security,
    scopes: operation['x-scopes'],
    parameters: operation.parameters ?? [],
    body: json?.schema,
    statuses: Object.keys(operation.responses).map(Number),
    fileTypes: Object.keys(operation.responses['200']?.content ?? {}).filter(
      (type) => type !== 'application/json',
    ),
    faultsOf: faultsOf(operation, validatorOf),
    isDescribedBody: (body) =>
      json === undefined ||
      validatorOf('requestBody', 'content', 'application/json', 'schema')(body) === true,
  };
};

/** Every operation that a running server says it has, by its id. */
export const readOperations = async (http: Http): Promise<ReadonlyMap<string, Operation>> => {
  // The server's own word, checked by what is made of it.
  const document = (await http('/api/openapi.json')).json as ApiDocument;
  const at = compilerOf(document);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toOperation(path, method, operation, at)),
  );
  return new Map(operations.map((operation) => [operation.id, operation]));
};
