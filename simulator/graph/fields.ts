import { GraphError } from './graph-error.ts';

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function missing(name: string): GraphError {
  return new GraphError(131008, { details: `Parameter ${name} is required` });
}

export function invalid(details: string): GraphError {
  return new GraphError(131009, { details });
}

/** The body as an object that names WhatsApp, or error 100. */
export function requireProduct(body: unknown): Json {
  if (!isObject(body) || body['messaging_product'] !== 'whatsapp') {
    throw new GraphError(100, {
      message: '(#100) The parameter messaging_product is required.',
      details: 'messaging_product must be whatsapp',
    });
  }
  return body;
}

export function tooLong(name: string, most: number): GraphError {
  return new GraphError(100, {
    message: `(#100) Param ${name} must be at most ${most} characters long.`,
  });
}

/** A text that may be absent but not long. */
export function optionalText(value: unknown, name: string, most: number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') {
    throw new GraphError(100, { message: `(#100) Param ${name} must be a string.` });
  }
  if (value.length > most) throw tooLong(name, most);
  return value;
}

/** A text that has to be there, neither empty nor long. */
export function requiredText(value: unknown, name: string, most: number): string {
  const text = optionalText(value, name, most);
  if (text === null || text === '') throw missing(name);
  return text;
}

export function requireObject(value: unknown, name: string): Json {
  if (value === undefined || value === null) throw missing(name);
  if (!isObject(value)) {
    throw new GraphError(100, { message: `(#100) Param ${name} must be a JSON object.` });
  }
  return value;
}

export function requireList(value: unknown, name: string, most: number): unknown[] {
  if (value === undefined || value === null) throw missing(name);
  if (!Array.isArray(value)) {
    throw new GraphError(100, { message: `(#100) Param ${name} must be an array.` });
  }
  if (value.length === 0) throw missing(name);
  if (value.length > most) throw invalid(`${name} may hold ${most} at most`);
  return value;
}
