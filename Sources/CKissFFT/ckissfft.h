// KISS FFT in single precision: the complex transform and the lengths that it is fast for.
#include <kissfft/kiss_fft.h>

// kiss_fft_free is a macro, which Swift does not import.
static inline void ckissfft_free(kiss_fft_cfg plan) { kiss_fft_free(plan); }
