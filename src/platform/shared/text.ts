import { z } from 'zod';

/** A text that people type and PostgreSQL can hold: without NUL. Chain the length of it. */
export const textSchema = z
  .string()
  .regex(/^[^\0]*$/, { message: 'holds a character that cannot be stored' });
