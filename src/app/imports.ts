import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { mostBytes, receiveFile, refuseSender } from "../features/imports/index.js";
import { type Context, newContext, type Services } from "../platform/context.js";
import { Refusal } from "../platform/errors.js";
import { sendRefusal } from "../platform/http/refusal.js";
import { viewerOf } from "./context.js";

interface Upload {
  Params: { id: string };
  Body: Buffer | undefined;
}

const malformed: Record<number, string> = {
  413: `The file is too large: it may have ${mostBytes / 1024 / 1024} MB.`,
  415: "Send the file with the header content-type: text/csv.",
};

/** `PUT /imports/:id`: takes the file of an import. GraphQL bodies are too small for it. */
export function addImports(app: FastifyInstance, services: Services): void {
  const contexts = new WeakMap<FastifyRequest, Context>();
  void app.register((files, _options, ready) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser("text/csv", { parseAs: "buffer", bodyLimit: mostBytes }, (_request, body, parsed) =>
      parsed(null, body),
    );
    files.setErrorHandler((error: FastifyError, request, reply) => refuse(services, error, request, reply));
    files.put<Upload>("/imports/:id", {
      bodyLimit: mostBytes,
      // Before the body is read: strangers send us no 10 MB.
      onRequest: async (request: FastifyRequest<Upload>) => {
        const viewer = await viewerOf(services, request.headers.authorization);
        const ctx = newContext(services, { viewer, requestId: request.id, address: request.ip });
        await refuseSender(ctx, request.params.id);
        contexts.set(request, ctx);
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        const status = await receiveFile(contexts.get(request)!, id, request.body ?? Buffer.alloc(0));
        return reply.code(202).send({ id, status });
      },
    });
    ready();
  });
}

function refuse(services: Services, error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = malformed[error.statusCode ?? 0];
  if (!known) return sendRefusal(services, error, request, reply);
  return sendRefusal(services, new Refusal("BAD_REQUEST", known), request, reply, error.statusCode);
}
