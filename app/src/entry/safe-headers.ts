import type { ServerResponse } from 'node:http'

const secondsPerYear = 31_536_000

/** What a browser may use of its machine on our pages: nothing but the keys that people sign in with. */
const permissions = [
  'accelerometer=()',
  'browsing-topics=()',
  'camera=()',
  'display-capture=()',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
  'serial=()',
  'usb=()',
].join(', ')

/** For what is no page of the product (errors, files): pages bring a policy of their own, which replaces this one. */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * Headers of every answer, whoever makes it: pages, files of the build, errors, refusals of the framework. A script or
 * a style of the build (`isPart`) is never opened by itself, and a first page brings a dozen: it goes without those
 * that only a page obeys.
 */
export function setSafeHeaders(
  response: ServerResponse,
  { isHttps, isPart }: { isHttps: boolean; isPart: boolean },
): void {
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  // A browser that has come by https once never comes by http again.
  if (isHttps) response.setHeader('strict-transport-security', `max-age=${secondsPerYear}; includeSubDomains`)
  if (isPart) return
  response.setHeader('x-frame-options', 'DENY')
  response.setHeader('referrer-policy', 'same-origin')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('permissions-policy', permissions)
  response.setHeader('content-security-policy', policy)
}
