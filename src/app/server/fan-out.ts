import type { ChangeNotice } from '#platform/server/announce.ts';
import { isMuch, joinNotices } from './join-notices.ts';

/**
 * What another process committed waits so long for a reading that this one makes anyway: every process reads for its
 * own screens, and would read as often as all of them commit together (docs/decisions/0027-readings-shared-and-planned-once.md).
 */
export const longestWaitMs = 50;

export interface FanOutParts<Views> {
  /** Whether any screen of this process shows the workspace. */
  readonly hasListeners: (workspaceId: string) => boolean;
  /** Reads what the notice speaks of, as it is now; never rejects. */
  readonly view: (notice: ChangeNotice) => Promise<Views>;
  readonly emit: (workspaceId: string, views: Views) => void;
}

export interface FanOut {
  /** @param isOwn whether this very process committed it: its people see what they do at once */
  hear(notice: ChangeNotice, isOwn: boolean): void;
  close(): void;
}

/** One workspace: what waits to be read, and when it is. */
interface Place {
  readonly workspaceId: string;
  waiting: ChangeNotice | undefined;
  isDue: boolean;
  isReading: boolean;
  begunAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** A block, what is covered, and whatever else changes who somebody is, is told without a wait; so is what would grow too large to tell. */
const isUrgent = (notice: ChangeNotice): boolean =>
  notice.contactIds.length > 0 ||
  notice.memberIds.length > 0 ||
  notice.removalIds.length > 0 ||
  notice.refetch ||
  isMuch(notice);

/**
 * After a commit the views are read once for this process and sent to all its screens. Notices that come while one is
 * being read are joined, so that a storm costs one reading a turn. Nothing that was read waits: it is read and sent.
 */
export const createFanOut = <Views>({ hasListeners, view, emit }: FanOutParts<Views>): FanOut => {
  const places = new Map<string, Place>();

  const placeOf = (workspaceId: string): Place => {
    const known = places.get(workspaceId);
    if (known !== undefined) {
      return known;
    }
    const place = {
      ...{ workspaceId, waiting: undefined, isDue: false, isReading: false },
      ...{ begunAt: Number.NEGATIVE_INFINITY, timer: undefined },
    };
    places.set(workspaceId, place);
    return place;
  };
  const read = async (place: Place): Promise<void> => {
    while (place.waiting !== undefined && place.isDue) {
      const notice = place.waiting;
      place.waiting = undefined;
      place.isDue = false;
      if (hasListeners(place.workspaceId)) {
        place.begunAt = performance.now();
        emit(place.workspaceId, await view(notice));
      }
    }
  };
  const turn = (place: Place): void => {
    if (place.isReading || place.waiting === undefined) {
      return;
    }
    if (place.isDue) {
      clearTimeout(place.timer);
      place.timer = undefined;
      place.isReading = true;
      void read(place).finally(() => {
        place.isReading = false;
        turn(place);
      });
      return;
    }
    place.timer ??= setTimeout(
      () => {
        place.timer = undefined;
        place.isDue = true;
        turn(place);
      },
      Math.max(0, place.begunAt + longestWaitMs - performance.now()),
    );
  };
  return {
    hear: (notice, isOwn) => {
      const place = placeOf(notice.workspaceId);
      const { waiting } = place;
      const joined = waiting === undefined ? notice : joinNotices(waiting, notice);
      place.waiting = joined;
      place.isDue ||=
        isOwn || isUrgent(joined) || performance.now() - place.begunAt >= longestWaitMs;
      turn(place);
    },
    close: () => {
      for (const { timer } of places.values()) {
        clearTimeout(timer);
      }
      places.clear();
    },
  };
};
