import { z } from "zod";

/** Media type of HCP Terraform's API. Source: HCP Terraform, "API overview", and JSON:API 1.0. */
export const MEDIA_TYPE = "application/vnd.api+json";

/** A reference to another resource. */
export interface Reference {
  readonly id: string;
  readonly type: string;
}

/** One resource, as the API returns it. */
export interface ResourceObject extends Reference {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly relationships?: Readonly<Record<string, { readonly data: Reference | readonly Reference[] | null }>>;
  readonly links?: Readonly<Record<string, string>>;
}

/** An answer that is an error: its status, a short title, and what to do in `detail`. */
export class ApiError extends Error {
  constructor(
    public readonly status: number,
    public readonly title: string,
    detail: string,
  ) {
    super(detail);
  }

  /** The body of the answer. */
  public get document(): unknown {
    return { errors: [{ status: String(this.status), title: this.title, detail: this.message }] };
  }
}

/** The answer for what does not exist, and for what the caller may not see. */
export function notFound(what: string): ApiError {
  return new ApiError(404, "not found", `${what} does not exist, or this token may not read it`);
}

/** The answer for a value that the API does not accept. */
export function unprocessable(detail: string): ApiError {
  return new ApiError(422, "invalid attribute", detail);
}

/** All resources in one page: the stand-in never has enough for two. */
export function listDocument(resources: readonly ResourceObject[], included?: readonly ResourceObject[]): unknown {
  const pagination = {
    ...{ "current-page": 1, "page-size": Math.max(resources.length, 20), "prev-page": null, "next-page": null },
    ...{ "total-pages": 1, "total-count": resources.length },
  };
  return { data: resources, ...(included === undefined ? {} : { included }), meta: { pagination } };
}

/**
 * Checks attributes from a request.
 *
 * @throws ApiError that names each attribute that is not known or has a value that is not accepted
 */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw unprocessable(result.error.issues.map(({ path, message }) => `'${path.join(".")}': ${message}`).join("; "));
}

const reference = z.object({ id: z.string(), type: z.string() });

const sentResource = z.object({
  type: z.string(),
  id: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  relationships: z
    .record(z.string(), z.object({ data: z.union([reference, z.array(z.unknown()), z.null()]).optional() }))
    .default({}),
});

/** A resource in a request. */
export type SentResource = z.infer<typeof sentResource>;

/** Reads the resource in the body of a request. */
export function sent(body: unknown): SentResource {
  return checked(z.object({ data: sentResource }), body).data;
}

/** Reads a list of references or resources in the body of a request. */
export function sentList(body: unknown): SentResource[] {
  return checked(z.object({ data: z.array(sentResource) }), body).data;
}

/** Id of the resource that a request relates to by this name; undefined when it names none. */
export function relatedId({ relationships }: SentResource, name: string): string | undefined {
  const data = relationships[name]?.data;
  return data === undefined || data === null || Array.isArray(data) ? undefined : data.id;
}
