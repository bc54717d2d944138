import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError } from '#platform/server/errors.ts';
import { messageLimits } from '../contract.ts';

const mostTold = 20;
const isLimit = (message: string | undefined): boolean =>
  messageLimits.some((limit) => limit === message);

/**
 * What a refused request to send is answered: a message that is whole but beyond what WhatsApp takes says so by a code
 * of its own, with each place; whatever else is wrong stays the fault of the request that it is.
 */
export const limitsOf = (refused: Error): Error => {
  if (
    !hasZodFastifySchemaValidationErrors(refused) ||
    !refused.validation.every(({ message }) => isLimit(message))
  ) {
    return refused;
  }
  const errors = refused.validation
    .slice(0, mostTold)
    .map(({ instancePath: path, message }) => ({ path, message }));
  return new AppError('message-limits', 422, { errors });
};
