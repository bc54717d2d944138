import type { FastifyInstance } from 'fastify';
import { Server, type Socket } from 'socket.io';
import { authenticateHeaders, can } from '#features/accounts/server/index.ts';
import type { Changes } from '#features/conversations/contract.ts';
import { viewChanges } from '#features/conversations/server/index.ts';
import type { ChangeNotice } from '#platform/server/announce.ts';
import type { Actor, Deps } from '#platform/server/deps.ts';
import { listenForNotices } from '#platform/server/listen.ts';
import { joinNotices } from './join-notices.ts';

interface ServerEvents {
  changes: (changes: Changes) => void;
}

type Io = Server<Record<string, never>, ServerEvents, Record<string, never>, { actor: Actor }>;
type LiveSocket = Socket<
  Record<string, never>,
  ServerEvents,
  Record<string, never>,
  { actor: Actor }
>;

const workspaceRoom = (workspaceId: string): string => `workspace:${workspaceId}`;
const memberRoom = (memberId: string): string => `member:${memberId}`;

const nothing: Changes = {
  conversations: [],
  messages: [],
  contactIds: [],
  membersChanged: false,
  refetch: true,
};

const authenticate = (deps: Deps, { handshake }: LiveSocket): Promise<Actor | null> =>
  authenticateHeaders(deps, handshake.headers, handshake.address);

/** A person who lost access, or has another role now, comes back only with what they may have now. */
const endUnlessStill = async (deps: Deps, socket: LiveSocket): Promise<void> => {
  const { actor } = socket.data;
  const now = await authenticate(deps, socket).catch(() => null);
  if (now?.id !== actor.id || now.role !== actor.role) {
    socket.disconnect(true);
  }
};

/** Only who may read conversations hears of them; the right is asked for at the door, and a lost one closes it. */
const join = async (deps: Deps, socket: LiveSocket): Promise<void> => {
  const { actor } = socket.data;
  if (actor.id !== null && can(actor.role, 'conversation.read')) {
    await socket.join([workspaceRoom(actor.workspaceId), memberRoom(actor.id)]);
    // Taken out between the door and the room: the notice of it found nobody there.
    await endUnlessStill(deps, socket);
  }
};

/**
 * After a commit the views are read once for this process and sent to all its screens. Notices that arrive while one
 * is being read are joined, so that a storm costs one read a turn.
 */
const createFanOut = (deps: Deps, io: Io) => {
  const waiting = new Map<string, ChangeNotice>();
  const reading = new Set<string>();

  const work = async (workspaceId: string): Promise<void> => {
    const room = workspaceRoom(workspaceId);
    for (;;) {
      const notice = waiting.get(workspaceId);
      if (notice === undefined) {
        return;
      }
      waiting.delete(workspaceId);
      const hasListeners = (io.sockets.adapter.rooms.get(room)?.size ?? 0) > 0;
      if (hasListeners) {
        const changes = await viewChanges(deps.db, notice).catch((err: unknown) => {
          deps.log.warn({ err }, 'changes could not be read; the screens are told to read again');
          return nothing;
        });
        io.to(room).emit('changes', changes);
      }
    }
  };
  return (notice: ChangeNotice): void => {
    const known = waiting.get(notice.workspaceId);
    waiting.set(notice.workspaceId, known === undefined ? notice : joinNotices(known, notice));
    if (!reading.has(notice.workspaceId)) {
      reading.add(notice.workspaceId);
      void work(notice.workspaceId).finally(() => reading.delete(notice.workspaceId));
    }
  };
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
    authenticate(deps, socket).then(
      (actor) => {
        if (actor === null) {
          next(new Error('unauthenticated'));
        } else {
          socket.data.actor = actor;
          next();
        }
      },
      () => next(new Error('unavailable')),
    );
  });
  io.on('connection', (socket) => void join(deps, socket));
  const fanOut = createFanOut(deps, io);
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
  const before = (work: () => Promise<void>): void => {
    caughtUp = caughtUp.then(work).catch((err: unknown) => {
      deps.log.error({ err }, 'the rights of sockets could not be looked at anew');
    });
  };
  const hear = (notice: ChangeNotice): void => {
    if (notice.memberIds.length > 0) {
      before(() => lookAgainAt(socketsOf(notice.memberIds)));
    }
    void caughtUp.then(() => fanOut(notice));
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
      // Not the whole of Socket.IO: that would close the HTTP server and wait for requests that nobody tells to be the last.
      io.engine.close();
    },
  };
};
