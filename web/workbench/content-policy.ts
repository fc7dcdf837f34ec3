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

type ScriptPolicies = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** The address of a worker of ours, as the server's Trusted Types want it; any other is refused. */
export function workerAddress(url: string): string {
  const { trustedTypes } = window as { trustedTypes?: ScriptPolicies } // as above
  return trustedTypes?.createPolicy('worker', { createScriptURL: ownAsset }).createScriptURL(url) ?? url
}

function ownAsset(url: string) {
  const { origin, pathname } = new URL(url, window.location.href)
  if (origin !== window.location.origin || !pathname.startsWith('/desk/assets/'))
    throw new TypeError('Only a script built with the workbench may be a worker.')
  return url
}
