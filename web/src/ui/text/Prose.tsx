/**
 * Text that a person wrote in Markdown, as HTML that the server made and cleaned
 * (scripts, styles, handlers and foreign elements are removed there).
 */
export function Prose({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises it, and the page's policy forbids inline scripts
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
