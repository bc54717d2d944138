import { z } from 'zod';
import { idSchema } from '#platform/shared/ids.ts';
import { pageOf, wholeListOf } from '#platform/shared/page.ts';
import { textSchema } from '#platform/shared/text.ts';

/** Each is a file of docs/help in each language. The name is kept with the answers: a new one for a new article, never another's. */
export const helpArticles = [
  'block-contact',
  'ask-for-block',
  'removal',
  'covered-media',
  'erase-data',
] as const;
export type HelpArticle = (typeof helpArticles)[number];

/** As many as the form lets one type. */
export const longestMissing = 2000;

export const answerHelpSchema = z
  .object({
    article: z.enum(helpArticles),
    isUseful: z.boolean(),
    /** What was missing, in the reader's words. */
    missing: textSchema.trim().min(1).max(longestMissing).optional(),
  })
  .refine(({ isUseful, missing }) => missing === undefined || !isUseful, {
    message: 'only of an article that was not useful',
    path: ['missing'],
  });
export type AnswerHelp = z.infer<typeof answerHelpSchema>;

/** What somebody missed. Who it was is told to nobody. */
export const helpAnswerSchema = z
  .object({
    id: idSchema,
    /** One that this version no longer has stays under its name. */
    article: z.string(),
    missing: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'HelpAnswer' });
export type HelpAnswer = z.infer<typeof helpAnswerSchema>;
export const helpAnswersSchema = pageOf(helpAnswerSchema);

const count = z.number().int();
export const helpCountSchema = z
  .object({ article: z.string(), useful: count, notUseful: count })
  .meta({ id: 'HelpCount' });
export type HelpCount = z.infer<typeof helpCountSchema>;
export const helpCountsSchema = wholeListOf(helpCountSchema);
