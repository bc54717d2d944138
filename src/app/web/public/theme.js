// Before anything is drawn: whoever chose a theme never sees the other one flash.
try {
  const { theme } = JSON.parse(localStorage.getItem('guarita.preferences') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // The system's own choice holds.
}
