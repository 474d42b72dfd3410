import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

/**
 * Structured log; what could name a person or open a door is cut out before it is written (G5).
 * @param destination where the JSON lines go; standard output when left out
 */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    redact: {
      paths: [
        'req.headers.authorization',
        'req.headers.cookie',
        'req.headers["x-api-key"]',
        'req.headers["foyer-link"]',
        '*.password',
        '*.phone',
        '*.documentNumber',
        '*.token',
        'body',
        'err.parameters',
        'err.detail',
        'err.where',
      ],
      censor: '[redacted]',
    },
    serializers: {
      // Query strings carry names and phone tails people search for.
      req: (request: { method: string; url: string; id: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
    },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
