import { makeTraceId } from '../wire/ids.ts';
import { knownError } from './error-catalogue.ts';

interface Overrides {
  httpStatus?: number | undefined;
  subcode?: number | undefined;
  type?: string | undefined;
  message?: string | undefined;
  details?: string | undefined;
}

/** A refusal in the shape every Graph error has. */
export class GraphError extends Error {
  readonly code: number;
  readonly httpStatus: number;
  readonly #overrides: Overrides;

  constructor(code: number, overrides: Overrides = {}) {
    super(overrides.message ?? `(#${code}) ${knownError(code).title}`);
    this.code = code;
    this.httpStatus = overrides.httpStatus ?? knownError(code).httpStatus;
    this.#overrides = overrides;
  }

  toBody(): Record<string, unknown> {
    const { subcode, type, details } = this.#overrides;
    const isTokenError = this.code === 190 || this.code === 0;
    const data = {
      error_data: {
        messaging_product: 'whatsapp',
        details: details ?? knownError(this.code).details,
      },
    };
    const isPlain = isTokenError || type === 'GraphMethodException';
    return {
      error: {
        message: this.message,
        type: type ?? 'OAuthException',
        code: this.code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(isPlain ? {} : data),
        fbtrace_id: makeTraceId(),
      },
    };
  }
}

/** Unknown object, or one this token may not see: Graph does not tell which. */
export function unknownObject(method: string, id: string): GraphError {
  return new GraphError(100, {
    subcode: 33,
    type: 'GraphMethodException',
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, ` +
      'cannot be loaded due to missing permissions, or does not support this operation.',
  });
}
