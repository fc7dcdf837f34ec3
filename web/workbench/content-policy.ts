/** The nonce under which the server allows this page's run-time styles; empty in development. */
export const cspNonce = () => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

type Policies = { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown }

/** Lets style text through where the server requires Trusted Types: antd writes it with innerHTML. Markup is refused. */
export function allowStyleText() {
  const { trustedTypes } = window as { trustedTypes?: Policies } // not in every browser we promise, nor in TypeScript's DOM
  trustedTypes?.createPolicy('default', { createHTML: refuseMarkup })
}

function refuseMarkup(text: string) {
  if (text.includes('<')) throw new TypeError('The workbench never writes markup as text: use React elements.')
  return text
}
