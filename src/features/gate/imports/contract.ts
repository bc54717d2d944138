import { z } from 'zod';
import { localeSchema } from '#features/accounts/contract.ts';
import { idSchema } from '#platform/shared/ids.ts';
import { pageQuerySchema } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';
import { blockReasonSchema } from '../contract.ts';

/** What a file of blocks may be; all of it is held by the server. */
export const importLimits = {
  bytes: 32 * 1024 * 1024,
  rows: 100_000,
  columns: 50,
  /** Letters of one row, all its cells together. */
  rowLength: 16_384,
  name: 200,
  note: 2_000,
} as const;

export const importStates = [
  'reading',
  'ready',
  'applying',
  'done',
  'cancelled',
  'failed',
] as const;
export type ImportState = (typeof importStates)[number];

/** What a row will do, by what was known when the file was read. */
export const rowPlans = [
  'new-contact',
  'known-contact',
  'edit',
  'unchanged',
  'duplicate',
  'error',
] as const;
export const rowPlanSchema = z.enum(rowPlans);
export type RowPlan = z.infer<typeof rowPlanSchema>;

/** What a row did. `not-done`: the import was cancelled before its turn. */
export const rowResults = [
  'blocked',
  'edited',
  'unchanged',
  'duplicate',
  'error',
  'not-done',
] as const;
export const rowResultSchema = z.enum(rowResults);
export type RowResult = z.infer<typeof rowResultSchema>;

/** What can be wrong with a row. */
export const rowCauses = [
  'number-missing',
  'number-invalid',
  'number-scientific',
  'id-invalid',
  'names-differ',
  'names-in-two-rows',
  'reason-missing',
  'reason-unknown',
  'name-too-long',
  'note-too-long',
  'until-invalid',
  'until-past',
  'bad-character',
  'too-many-cells',
] as const;
export type RowCause = (typeof rowCauses)[number];

const counts = <T extends string>(names: readonly T[]) =>
  z.object(
    Object.fromEntries(names.map((name) => [name, z.number().int()])) as Record<T, z.ZodNumber>,
  );

const doneBySchema = z.object({ id: idSchema.nullable(), name: z.string() }).nullable();

export const importUndoStates = ['running', 'done', 'failed'] as const;

/** How an import is, or was last, undone. */
export const importUndoSchema = z
  .object({
    state: z.enum(importUndoStates),
    /** Blocks that were to be lifted, with those that an earlier time has lifted. */
    all: z.number().int(),
    lifted: z.number().int(),
    /** Those that were changed, confirmed or lifted before their turn came: they are as they are. */
    kept: z.number().int(),
    startedAt: z.iso.datetime(),
    startedBy: doneBySchema,
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BlockImportUndo' });
export type BlockImportUndo = z.infer<typeof importUndoSchema>;

/** What undoing an import would do, by what holds now. Of the rows with the result `blocked` each is in one of the four. */
export const importUndoPreviewSchema = z
  .object({
    /** Blocks that stand as this import made them: these are lifted. */
    standing: z.number().int(),
    /** Those that somebody has changed or confirmed since, or another import names too: these stay. */
    confirmed: z.number().int(),
    /** Those that have ended, whether or not the person was blocked anew. */
    ended: z.number().int(),
    /** Those of which it is not known any more whom they were about: rows are kept for 30 days. */
    forgotten: z.number().int(),
  })
  .meta({ id: 'BlockImportUndoPreview' });
export type BlockImportUndoPreview = z.infer<typeof importUndoPreviewSchema>;

export const blockImportSchema = z
  .object({
    id: idSchema,
    fileName: z.string().nullable(),
    state: z.enum(importStates),
    rows: z.number().int(),
    planned: counts(rowPlans),
    done: counts(rowResults),
    /** Messages that were on the wire to somebody blocked by this import, and whose end is not known. */
    stillOnWire: z.number().int(),
    createdAt: z.iso.datetime(),
    createdBy: doneBySchema,
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    /** Null: nobody has undone it. */
    undo: importUndoSchema.nullable(),
  })
  .meta({ id: 'BlockImport' });
export type BlockImport = z.infer<typeof blockImportSchema>;

export const blockImportRowSchema = z
  .object({
    /** Of the file, the first is 1. */
    line: z.number().int(),
    plan: rowPlanSchema,
    result: rowResultSchema.nullable(),
    /** What is wrong with it. */
    cause: z.enum(rowCauses).nullable(),
    /** Of a duplicate, and of a row whose person stands in another: the line that counts. */
    ofLine: z.number().int().nullable(),
    contactId: idSchema.nullable(),
    /** What follows is deleted when the row is done. */
    number: z.string().nullable(),
    name: z.string().nullable(),
    reason: blockReasonSchema.nullable(),
    note: z.string().nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BlockImportRow' });
export type BlockImportRow = z.infer<typeof blockImportRowSchema>;

export const takeImportQuerySchema = z.object({
  fileName: textSchema.trim().max(200).optional(),
});

/** Rows by their plan, or once it is applied by what became of them; all of them without either. */
export const importRowsQuerySchema = pageQuerySchema.extend({
  plan: rowPlanSchema.optional(),
  result: rowResultSchema.optional(),
});

export const exportBlocksQuerySchema = z.object({
  state: z.enum(['active', 'ended', 'all']).default('active'),
  /** Of headings and reasons; codes without it. */
  language: localeSchema.optional(),
});

export const importErrorCodes = [
  'block-import-not-found',
  'import-empty',
  'import-columns-missing',
  'import-unreadable',
  'import-too-many-rows',
  'import-too-large',
  'import-not-ready',
  'import-not-ended',
] as const;
