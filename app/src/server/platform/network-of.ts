/** The network of an address, by which strangers are counted: a home has a whole /64 of IPv6. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const after = tail.split(':').filter((group) => group !== '')
  const between = Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0')
  return `${[...groups, ...between, ...after].slice(0, 4).join(':')}::`
}
