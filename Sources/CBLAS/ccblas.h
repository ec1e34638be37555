// The parts of OpenBLAS that Features calculates with: matrix products, and one routine of LAPACK,
// which OpenBLAS carries under its Fortran name.
#ifndef CCBLAS_H
#define CCBLAS_H

#include <stddef.h>

#include <cblas.h>

// Eigenvalues and eigenvectors of a symmetric matrix. The last three arguments are the lengths of
// the three letters, which Fortran compilers pass without naming them.
void dsyevr_(
  const char *job, const char *range, const char *triangle, const int *order, double *matrix,
  const int *stride, const double *low_value, const double *high_value, const int *low_index,
  const int *high_index, const double *tolerance, int *found, double *values, double *vectors,
  const int *vector_stride, int *support, double *work, const int *work_length, int *whole_work,
  const int *whole_work_length, int *status, size_t job_length, size_t range_length,
  size_t triangle_length);

#endif
