/**
 * After a form was refused here: the first field whose words say what is missing gets the focus. It waits for those
 * words to be drawn.
 */
export const focusFirstError = (within: string): void => {
  requestAnimationFrame(() => {
    const field = `:is([aria-invalid='true'], fieldset[aria-describedby$='-error'] input)`;
    document.querySelector<HTMLElement>(`${within} ${field}`)?.focus();
  });
};
