import type { FastifyInstance } from 'fastify';
import { Server, type Socket } from 'socket.io';
import { authenticateHeaders, can } from '#features/accounts/server/index.ts';
import type { Changes } from '#features/conversations/contract.ts';
import { viewChanges } from '#features/conversations/server/index.ts';
import { coversAll } from '#features/media/server/index.ts';
import type { ChangeNotice } from '#platform/server/announce.ts';
import type { Actor, Db, Deps } from '#platform/server/deps.ts';
import { listenForNotices } from '#platform/server/listen.ts';
import { openLookups } from '#platform/server/lookups.ts';
import { createFanOut, type FanOut } from './fan-out.ts';

interface ServerEvents {
  changes: (changes: Changes) => void;
}

/** Whose screen it is, and whether they have all media covered that comes in. */
interface Screen {
  actor: Actor;
  coversAll: boolean;
  /** Until the session ends, if nobody uses it. */
  nextLook?: NodeJS.Timeout;
}

type Io = Server<Record<string, never>, ServerEvents, Record<string, never>, Screen>;
type LiveSocket = Socket<Record<string, never>, ServerEvents, Record<string, never>, Screen>;

const workspaceRoom = (workspaceId: string): string => `workspace:${workspaceId}`;
/** Of those who have all media covered: what they are told says nothing of it. */
const coveredRoom = (workspaceId: string): string => `covered:${workspaceId}`;
const memberRoom = (memberId: string): string => `member:${memberId}`;

const nothing: Changes = {
  conversations: [],
  messages: [],
  contactIds: [],
  membersChanged: false,
  removalIds: [],
  refetch: true,
};

/** A timer holds 24 days at most; and a session that is cut short in the database alone is noticed by then. */
const longestTrustMs = 15 * 60_000;

const authenticate = (deps: Deps, { handshake }: LiveSocket) =>
  authenticateHeaders(deps, handshake.headers, handshake.address);

/** @returns false for whoever is not signed in */
const identify = async (deps: Deps, socket: LiveSocket): Promise<boolean> => {
  const visitor = await authenticate(deps, socket);
  if (visitor === null) {
    return false;
  }
  socket.data.actor = visitor.actor;
  socket.data.coversAll = await coversAll(deps.db, visitor.actor);
  return true;
};

const stopLooking = ({ data }: LiveSocket): void => clearTimeout(data.nextLook);

/** A session is used by requests, so that its end is known only when it is there. */
const lookAgainIn = (deps: Deps, socket: LiveSocket, msLeft: number): void => {
  stopLooking(socket);
  const wait = Math.min(Math.ceil(msLeft), longestTrustMs);
  if (socket.connected) {
    socket.data.nextLook = setTimeout(() => void endUnlessStill(deps, socket), wait).unref();
  }
};

/** A person who lost access, or has another role now, comes back only with what they may have now. */
const endUnlessStill = async (deps: Deps, socket: LiveSocket): Promise<void> => {
  const { actor } = socket.data;
  const visitor = await authenticate(deps, socket).catch(() => null);
  const isCovered = await coversAll(deps.db, actor).catch(() => null);
  const isSame = visitor?.actor.id === actor.id && visitor.actor.role === actor.role;
  if (!isSame || isCovered !== socket.data.coversAll) {
    socket.disconnect(true);
    return;
  }
  lookAgainIn(deps, socket, visitor.msLeft);
};

/** Only who may read conversations hears of them; the right is asked for at the door, and a lost one closes it. */
const join = async (deps: Deps, socket: LiveSocket): Promise<void> => {
  const { actor } = socket.data;
  if (actor.id !== null && can(actor, 'conversation.read')) {
    const room = socket.data.coversAll ? coveredRoom : workspaceRoom;
    await socket.join([room(actor.workspaceId), memberRoom(actor.id)]);
    // Taken out between the door and the room: the notice of it found nobody there.
    await endUnlessStill(deps, socket);
  }
};

interface Views {
  readonly room: (workspaceId: string) => string;
  readonly viewer: 'everybody' | 'everybody-covered';
}

/**
 * The views of a commit for all screens of this process that show its workspace.
 * @param caughtUp settled unless somebody's access is being looked at anew: what waited is read after that only
 */
const fanOutOn = ({ log }: Deps, db: Db, io: Io, caughtUp: () => Promise<void>): FanOut => {
  const sizeOf = (room: string): number => io.sockets.adapter.rooms.get(room)?.size ?? 0;
  const hasAny = (room: string): boolean => sizeOf(room) > 0;
  const views: readonly Views[] = [
    { room: workspaceRoom, viewer: 'everybody' },
    { room: coveredRoom, viewer: 'everybody-covered' },
  ];
  const read = (notice: ChangeNotice, { room, viewer }: Views) =>
    viewChanges(db, notice, viewer)
      .catch((err: unknown) => {
        log.warn({ err }, 'changes could not be read; the screens are told to read again');
        return nothing;
      })
      .then((changes) => ({ room: room(notice.workspaceId), changes }));
  return createFanOut({
    hasListeners: (workspaceId) => views.some(({ room }) => hasAny(room(workspaceId))),
    view: async (notice) => {
      await caughtUp();
      return Promise.all(
        views
          .filter(({ room }) => hasAny(room(notice.workspaceId)))
          .map((view) => read(notice, view)),
      );
    },
    emit: (workspaceId, told) => {
      const screens = views.reduce((sum, { room }) => sum + sizeOf(room(workspaceId)), 0);
      for (const { room, changes } of told) {
        io.to(room).emit('changes', { ...changes, screens });
      }
    },
  });
};

export interface Realtime {
  /** How many screens are connected to this process. */
  readonly socketCount: () => number;
  /** Every screen is let go, to connect to another process; call it with the end of the HTTP server. */
  close(): Promise<void>;
}

/** Live events of this process, by Socket.IO; what commits in other processes arrives by LISTEN. */
export const startRealtime = (app: FastifyInstance, deps: Deps, databaseUrl: string): Realtime => {
  let isClosing = false;
  const io: Io = new Server(app.server, {
    // No polling: several processes behind a plain balancer need no sticky sessions.
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 10_000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (_request, decide) => decide(null, !isClosing),
  });
  io.use((socket, next) => {
    identify(deps, socket).then(
      (isKnown) => next(isKnown ? undefined : new Error('unauthenticated')),
      () => next(new Error('unavailable')),
    );
  });
  io.on('connection', (socket) => {
    socket.once('disconnect', () => stopLooking(socket));
    void join(deps, socket);
  });
  const lookAgainAt = async (sockets: readonly LiveSocket[]): Promise<void> => {
    await Promise.all(sockets.map((socket) => endUnlessStill(deps, socket)));
  };
  const socketsOf = (memberIds: readonly string[]): LiveSocket[] => {
    const rooms = memberIds.map((id) => io.sockets.adapter.rooms.get(memberRoom(id)) ?? []);
    const ids = rooms.flatMap((room) => [...room]);
    return ids.flatMap((id) => io.sockets.sockets.get(id) ?? []);
  };
  /** Settled unless somebody's access is being looked at anew: nobody hears of what they may have lost the right to. */
  let caughtUp = Promise.resolve();
  const lookups = openLookups(databaseUrl, deps.log);
  const fanOut = fanOutOn(deps, lookups.db, io, () => caughtUp);
  const before = (work: () => Promise<void>): void => {
    caughtUp = caughtUp.then(work).catch((err: unknown) => {
      deps.log.error({ err }, 'the rights of sockets could not be looked at anew');
    });
  };
  const hear = (notice: ChangeNotice): void => {
    if (notice.memberIds.length > 0) {
      before(() => lookAgainAt(socketsOf(notice.memberIds)));
    }
    const isOwn = deps.ownCommits?.isOwn(notice) === true;
    void caughtUp.then(() => fanOut.hear(notice, isOwn));
  };
  const catchUp = async (): Promise<void> => {
    await lookAgainAt([...io.sockets.sockets.values()]);
    io.emit('changes', nothing);
  };
  const listener = listenForNotices(
    databaseUrl,
    { onNotice: deps.ownCommits?.listen(hear) ?? hear, onGap: () => before(catchUp) },
    deps.log,
  );
  return {
    socketCount: () => io.sockets.sockets.size,
    close: async () => {
      isClosing = true;
      await listener.close();
      fanOut.close();
      await lookups.close();
      // Not the whole of Socket.IO: that would close the HTTP server and wait for requests that nobody tells to be the last.
      io.engine.close();
    },
  };
};
