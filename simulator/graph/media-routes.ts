import type { FastifyInstance } from 'fastify';
import type { Media } from '../media/media.ts';
import type { World } from '../state/world.ts';
import { answerCall, type GraphCall, type Outcome } from './answer-call.ts';
import { deliverFile } from './deliver-file.ts';
import { GraphError } from './graph-error.ts';
import {
  describeMedia,
  mediaNamed,
  readUploadForm,
  type UploadForm,
  uploadMedia,
} from './media-edges.ts';
import { baseOf, channelOf, ID, type Ids, ok, type Request } from './route-ids.ts';

type Draft = Omit<GraphCall, 'request' | 'reply'>;

/** Whether the file came from the person a fault was set for. */
function ownerNamed(world: World, media: Media | null): (reference: string) => boolean {
  return (reference) => {
    const meant = world.people.find(reference);
    return meant !== undefined && meant.id === media?.owner;
  };
}

/** `GET` and `DELETE` of a file by its id. */
export function mediaCall(world: World, request: Request): Draft {
  const { id } = request.params;
  const media = world.media.get(id);
  const number = (request.query as { phone_number_id?: string }).phone_number_id;
  const isDelete = request.method === 'DELETE';
  return {
    on: isDelete ? 'media_delete' : 'media_lookup',
    title: isDelete ? 'apaga arquivo' : 'pergunta por arquivo',
    channel: media?.channel ?? '',
    mediaId: id,
    names: ownerNamed(world, media),
    work: (fault) => {
      const found = mediaNamed(world, request.method, id, number);
      if (!isDelete) return ok(describeMedia(world, found, baseOf(request), fault?.media));
      world.media.remove(id);
      return ok({ success: true });
    },
  };
}

function shownForm(form: UploadForm | null): object {
  const file = form?.file ?? null;
  return {
    type: form?.type ?? null,
    file: file && { nome: file.fileName, tipo: file.mimeType, bytes: file.bytes.length },
  };
}

function uploadCall(world: World, request: Request, form: UploadForm | null): Draft {
  return {
    on: 'media_upload',
    title: 'envia arquivo',
    channel: request.params.id,
    text: form?.file?.fileName ?? '',
    shown: shownForm(form),
    work: () => ok(uploadMedia(world, channelOf(world, request), form)),
  };
}

function notFound(): Outcome {
  return {
    status: 404,
    body: {},
    deliver: (reply) => Promise.resolve(void reply.code(404).send()),
  };
}

function downloadCall(world: World, query: { mid?: string; hash?: string }): Draft {
  const media = world.media.open(query.hash ?? '');
  return {
    on: 'media_download',
    title: 'baixa arquivo',
    channel: media?.channel ?? '',
    mediaId: query.mid ?? '',
    names: ownerNamed(world, media),
    work: () => {
      const bytes = media === null ? null : world.media.bytesOf(media);
      if (media === null || bytes === null || media.id !== query.mid) return notFound();
      const { mimeType, fileName } = media;
      return {
        status: 200,
        body: { tipo: mimeType, bytes: bytes.length },
        deliver: (reply, fault) => deliverFile(reply, { bytes, mimeType, fileName }, fault?.media),
      };
    },
  };
}

const UPLOAD_LIMIT = 128 * 1024 * 1024;

function addUploads(scope: FastifyInstance, world: World): void {
  scope.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: UPLOAD_LIMIT },
    (_request, body, done) => done(null, body),
  );
  scope.setErrorHandler((_error, _request, reply) => {
    const error = new GraphError(131053, { details: 'The file is larger than 100 MB' });
    return reply.code(error.httpStatus).send(error.toBody());
  });
  scope.post<Ids>(`${ID}/media`, async (request, reply) => {
    const form = await readUploadForm(request);
    return answerCall(world, { request, reply, ...uploadCall(world, request, form) });
  });
}

/** Files: upload, look up, download, delete. */
export async function addMediaRoutes(app: FastifyInstance, world: World): Promise<void> {
  await app.register((scope, _options, done) => {
    addUploads(scope, world);
    done();
  });
  app.get<{ Querystring: { mid?: string; hash?: string } }>(
    '/whatsapp_business/attachments/',
    (request, reply) =>
      answerCall(world, { request, reply, ...downloadCall(world, request.query) }),
  );
}
