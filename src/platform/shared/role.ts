import { z } from 'zod';

/** The three built-in roles (GLOSSARY.md), weakest first. */
export const roles = ['agent', 'moderator', 'administrator'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;
