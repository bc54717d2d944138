import type { Config } from '#platform/server/config.ts';
import { findProgram } from '#platform/server/find-program.ts';

/** The programs of the system that make a poster: who decodes, and who holds it within limits. */
export interface FilmTools {
  readonly ffmpeg: string;
  readonly prlimit: string;
}

/** Why films have no poster here. */
export type NoFilmTools = 'turned-off' | 'no-ffmpeg' | 'no-prlimit';

/** Looked for each time: whoever installs ffmpeg needs no restart. Without limits nothing of a stranger is decoded. */
export const findFilmTools = async ({
  ffmpeg: name,
  searchPath,
}: Pick<Config, 'ffmpeg' | 'searchPath'>): Promise<FilmTools | NoFilmTools> => {
  if (name === undefined) {
    return 'turned-off';
  }
  const ffmpeg = await findProgram(name, searchPath);
  if (ffmpeg === undefined) {
    return 'no-ffmpeg';
  }
  const prlimit = await findProgram('prlimit', searchPath);
  return prlimit === undefined ? 'no-prlimit' : { ffmpeg, prlimit };
};
