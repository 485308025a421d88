/** What is wrong with one field of a request. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** What a problem says, as a stable word with what the words of it need. */
export interface ProblemReason {
  code: string;
  params: Readonly<Record<string, string>>;
}

/** An answer that is a problem document (RFC 9457), or no answer at all (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly fields: readonly FieldError[],
    readonly reason: ProblemReason | null = null,
  ) {
    super(detail || title);
  }

  /** Whether the server could not be reached. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isRecord)
    .map((item) => ({ field: text(item.field), code: text(item.code), message: text(item.message) }));
}

function reasonOf({ reason_code: code, reason_params: params }: Record<string, unknown>): ProblemReason | null {
  if (typeof code !== 'string') return null;
  const known = Object.entries(isRecord(params) ? params : {});
  return { code, params: Object.fromEntries(known.map(([name, value]) => [name, text(value)])) };
}

/** Reads an error body; what is no problem document becomes a plain error of the same status. */
export function toApiError(body: unknown, status: number, requestId: string | null = null): ApiError {
  if (body instanceof ApiError) return body;
  if (isRecord(body) && typeof body.code === 'string') {
    return new ApiError(
      status,
      body.code,
      text(body.title),
      text(body.detail),
      text(body.request_id) || requestId,
      fieldErrors(body.errors),
      reasonOf(body),
    );
  }
  const message = body instanceof Error ? body.message : text(body);
  return new ApiError(status, status === 0 ? 'OFFLINE' : 'UNEXPECTED_ANSWER', message, '', requestId, []);
}

/** The error as an `ApiError`, whatever was thrown. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  // A fault of the program is no missing network: to say so would send people to the wrong place.
  const isFault = error instanceof Error && !isNetwork(error);
  return isFault ? new ApiError(FAULT, 'FAULT', error.message, '', null, []) : toApiError(error, 0);
}

/** Status of an error that no server sent: the program itself failed. */
const FAULT = -1;

/** What browsers say when a request or a part of the program cannot be fetched: no standard has words for it. */
const NETWORK = [
  /failed to fetch/i,
  /networkerror/i,
  /load failed/i,
  /error loading dynamically/i,
  /importing a module/i,
];

function isNetwork(error: Error): boolean {
  return NETWORK.some((words) => words.test(error.message));
}
