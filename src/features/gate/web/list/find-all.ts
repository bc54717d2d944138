import { useMutation } from '@tanstack/react-query';
import { api, type Page } from '#platform/web/http.ts';
import { patiently } from '#platform/web/patiently.ts';
import type { Block } from '../../contract.ts';
import type { BlockQuery } from '../../list/contract.ts';
import { blocksPath, useNamed } from './api.ts';

/** More are not taken up at once. */
export const mostFound = 10_000;
/** As many as one request gives. */
const pageSize = 100;

/** Active blocks among all that a search finds, whether they are on the screen or not; from the first on, up to the most. */
export const useFindAll = () => {
  const named = useNamed();
  return useMutation({
    mutationFn: async (query: BlockQuery): Promise<{ blocks: Block[]; isMore: boolean }> => {
      const blocks: Block[] = [];
      let cursor: string | null = null;
      do {
        const whole = { ...query, limit: pageSize, cursor };
        const page: Page<Block> = await patiently(() =>
          api.get<Page<Block>>(blocksPath, {
            query: whole as Record<string, string | number | null>,
          }),
        );
        blocks.push(...page.items.filter(({ isActive }) => isActive).map(named));
        cursor = page.nextCursor;
      } while (cursor !== null && blocks.length < mostFound);
      return { blocks: blocks.slice(0, mostFound), isMore: cursor !== null };
    },
  });
};
