/**
 * Messages of whatever a wire adapter, an LDS function, GraphQL or JavaScript reports as an error.
 * An UI API error carries its message in `body`, with those of single fields in `body.output`.
 */
export function reduceErrors(errors: unknown): string[] {
  const all = (Array.isArray(errors) ? errors : [errors]).filter(Boolean).flatMap(messagesOf);
  return [...new Set(all)];
}

interface PlatformError {
  message?: string;
  statusText?: string;
  body?: string | PlatformError | PlatformError[];
  output?: { errors?: PlatformError[]; fieldErrors?: Record<string, PlatformError[]> };
}

function messagesOf(error: unknown): string[] {
  if (typeof error === 'string') return [error];
  const { body, message, output, statusText } = error as PlatformError;
  if (body) return reduceErrors(body);
  const details = reduceErrors([...(output?.errors ?? []), ...Object.values(output?.fieldErrors ?? {}).flat()]);
  if (details.length) return details;
  return [message ?? statusText ?? JSON.stringify(error)];
}
