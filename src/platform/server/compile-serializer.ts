import type { FastifySerializerCompiler } from 'fastify/types/schema.js';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { $ZodType, type $ZodTypes, safeParse } from 'zod/v4/core';

const leaves: ReadonlySet<string> = new Set([
  ...['string', 'number', 'boolean', 'null', 'literal', 'enum', 'any', 'unknown'],
]);

const partsOf = (def: $ZodTypes['_zod']['def']): readonly $ZodType[] | undefined => {
  switch (def.type) {
    case 'object':
      return [...Object.values(def.shape), ...(def.catchall ? [def.catchall] : [])];
    case 'array':
      return [def.element];
    case 'record':
      return [def.keyType, def.valueType];
    case 'union':
      return def.options;
    case 'nullable':
    case 'optional':
      return [def.innerType];
    default:
      return leaves.has(def.type) && !('coerce' in def && def.coerce === true) ? [] : undefined;
  }
};

/**
 * Whether what such a schema lets out is what it lets in, all the way down: no default, no transformation. What is not known to be
 * so is not.
 */
export const isSameBothWays = (schema: $ZodType): boolean => {
  const parts = partsOf((schema as $ZodTypes)._zod.def);
  return parts?.every(isSameBothWays) ?? false;
};

/**
 * Answers by their schema, which is also their filter: what is not declared does not leave, what does not fit is an error. Of a
 * schema that is the same both ways answers are read instead of encoded: that gives the same, and zod has a fast way only for
 * reading (encoding looks at every value twice).
 */
export const compileSerializer: FastifySerializerCompiler<$ZodType> = (route) => {
  const encode = serializerCompiler(route);
  const { schema } = route;
  if (!(schema instanceof $ZodType) || !isSameBothWays(schema)) {
    return encode;
  }
  return (answer) => {
    const read = safeParse(schema, answer);
    return read.success ? JSON.stringify(read.data) : encode(answer);
  };
};
